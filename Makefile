# `make lab` to learn, `make test` to prove. Both set everything up first; PYTHON=python3.12 picks another interpreter.
SHELL := /bin/sh
PYTHON ?= python3
HANDOUT ?= handout
LEARNERS ?= 10
OUT ?= grades
RUN := .venv/bin/python
.PHONY: lab test serve execute bench grade progress handout class soak lesson lock setup clean

lab: setup        ## open the course in JupyterLab
	$(RUN) -m jupyterlab --allow-root $(ARGS) notebooks/00_start_here.ipynb

# A handout has no tests, so nothing that they need.
test: setup $(patsubst %/requirements.txt,.beside/%/.ready,$(wildcard tests/requirements.txt))  ## run every notebook and every test; ARGS="-k handler" picks some
	$(RUN) -m pytest $(ARGS)

serve: setup      ## serve the digit model and print the curl line that asks it
	cd notebooks && ../$(RUN) -m course.serve

execute: setup    ## run the notebooks and record their outputs; ARGS=notebooks/01_trace_a_model.ipynb picks some
	$(RUN) tools/record.py $(ARGS)

bench: setup .beside/bench/.ready  ## measure TorchServe and its peers; ARGS="--help" tells the options
	$(RUN) bench $(ARGS)

# What the bench or a test needs and the lock can't hold lies beside the environment; without a network it goes on without.
.beside/%/.ready: %/requirements.txt | setup
	@rm -rf $(@D)
	@if $(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --target $(@D) -r $<; \
	then touch $@; else rm -rf $(@D); echo "What $< names could not be installed; going on without it."; fi

progress: setup   ## show what you have solved, in every lesson
	@cd notebooks && ../$(RUN) -m course.overview

handout: setup    ## copy the course without its solutions, for learners; HANDOUT=folder says where to
	$(RUN) tools/handout.py "$(HANDOUT)"

class: setup      ## measure what LEARNERS=10 at once cost this machine
	$(RUN) tools/class_size.py $(LEARNERS)

soak: setup       ## ten minutes at full load: is an answer lost or wrong, is memory flat? ARGS="--seconds 60 --kill-every 5" kills workers
	$(RUN) tools/soak.py $(ARGS)

lesson: setup     ## make the files of a new lesson: NAME=12_count_ink
	$(RUN) tools/new_lesson.py "$(NAME)"

grade: setup      ## grade SUBMISSIONS=folder, one folder per learner; it runs their code, so do it in a container
	$(RUN) tools/grader --out "$(OUT)" $(if $(TIMEOUT),--timeout $(TIMEOUT)) $(if $(JOBS),--jobs $(JOBS)) -- "$(SUBMISSIONS)"

lock:             ## make requirements.txt anew from requirements.in; needs uv
	uv pip compile --universal --python-version 3.11 --no-annotate -o requirements.txt requirements.in $(NO_EMIT)

setup:
	@$(PYTHON) tools/set_up.py

clean:            ## remove what was built here, the environment included
	rm -rf .venv .beside model_store/*.mar .progress.json .pytest_cache .ruff_cache

# torch's CUDA build names its own CUDA packages, with versions; the CPU build does without. So the lock leaves them out.
NO_EMIT := $(addprefix --no-emit-package=,triton cuda-toolkit cuda-bindings cuda-pathfinder nvidia-cublas \
  nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand \
  nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx)
