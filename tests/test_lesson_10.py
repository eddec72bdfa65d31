"""What lesson 10 serves: `.pt2` files, through everything that the TorchScript archive goes through."""

import os
import subprocess
import sys

import psutil
import pytest
import torch

from course import ROOT, cpp, digits
from course.archive import DIGIT_HANDLER, DIGITS_CONFIG, build_archive
from course.harness import LocalHandler
from course.server import TorchServe
from test_handler import (  # noqa: F401 - the handler's tests run again below, on the fixtures of this file
    FEW,
    IMAGES,
    eager,
    pool,
    test_a_bad_request_gets_its_own_4xx_and_its_batch_mates_200,
    test_a_bad_request_gets_its_own_4xx_over_http,
    test_a_batch_of_nothing_but_bad_requests_is_answered,
    test_all_kinds_of_images_are_read_over_http,
    test_an_image_is_read_however_it_is_sent,
    test_instances_are_answered_one_by_one,
    test_instances_are_answered_one_by_one_over_http,
    worker_pids,
)

PT2_HANDLER = ROOT / "handlers" / "digit_pt2_handler.py"


@pytest.fixture(scope="module", params=["exported", "compiled"])
def archive(request, tmp_path_factory):
    """The archive of an exported program, and that of what AOTInductor compiled from it."""
    folder = tmp_path_factory.mktemp(request.param)
    example, sizes = torch.zeros(64, 1, 28, 28), {"x": {0: torch.export.Dim("batch", max=512)}}
    program = torch.export.export(digits.trained(), (example,), dynamic_shapes=sizes)
    file = folder / "digits.pt2"
    if request.param == "exported":
        torch.export.save(program, file)
    elif cpp.find_compiler() is None:
        pytest.skip(cpp.HOW_TO_GET_A_COMPILER)
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TORCHINDUCTOR_CACHE_DIR", str(folder / "inductor"))
            options = {"aot_inductor.check_lowerbound": False}
            torch._inductor.aoti_compile_and_package(program, package_path=str(file), inductor_configs=options)
    return build_archive(
        "digits",
        handler=PT2_HANDLER,
        serialized_file=file,
        extra_files=[DIGIT_HANDLER],
        config=DIGITS_CONFIG,
        export_path=folder,
    )


@pytest.fixture(scope="module")
def local(archive):
    with LocalHandler(archive) as handler:
        yield handler


@pytest.fixture(scope="module")
def server(archive):
    with TorchServe({"digits": archive.name}, archive.parent) as server:
        yield server


def test_all_held_out_digits_get_the_eager_models_answer(local, eager):  # noqa: F811 - a fixture of test_handler
    rows = [{"body": digits.to_png(image)} for image in IMAGES]
    answers = [answer for start in range(0, len(rows), 250) for answer in local.predict(rows[start : start + 250])]
    served = torch.tensor([answer.body["probabilities"] for answer in answers])
    assert (served - eager).abs().max() < 1e-4


def test_a_wrong_shape_is_refused_not_computed(local):
    for wrong in (torch.zeros(3, 1, 20, 20), torch.zeros(513, 1, 28, 28)):
        with pytest.raises((RuntimeError, AssertionError)):
            local.handler.inference(wrong)


def test_a_killed_worker_leaves_nothing_in_the_temporary_folder(server):
    [pid] = worker_pids(server)
    worker = psutil.Process(pid)
    worker.kill()
    worker.wait()
    assert not list((server.folder / "tmp").glob("aotinductor_*"))


def test_serving_needs_no_compiler(archive):
    lines = f"""
from course.harness import LocalHandler
from course import digits
import shutil
handler = LocalHandler({str(archive)!r})
import os
assert not shutil.which("g++") and not shutil.which("c++") and not shutil.which("clang++")
image = digits.load_digits(train=False)[0][{FEW[0]}]
print(handler.predict([{{"body": digits.to_png(image)}}])[0].status)
"""
    environment = os.environ | {"PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", lines],
        cwd=ROOT / "notebooks",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "200", done.stderr
