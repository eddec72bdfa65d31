"""What lesson 07 says about TorchServe without a cell that could show it on every machine."""

import pytest

from course.archive import MODEL_STORE, digits_archive
from course.digits import load_digits, to_png
from course.load import Load
from course.server import TorchServe


@pytest.mark.parametrize("synchronous", [True, False])
def test_a_synchronous_call_holds_up_the_clients_of_its_thread(synchronous):
    archive = digits_archive().name
    one_thread = {"number_of_netty_threads": "1"}  # by default there are some, and only some clients meet the held one
    with TorchServe({"digits": archive}, MODEL_STORE, options=["--enable-model-api"], config=one_thread) as server:
        url = f"{server.inference_address}/predictions/digits"
        images, labels = load_digits(train=False)
        with Load(url, [to_png(images[0])], [labels[0].item()], token=server.inference_token, rate=50) as load:
            load.wait(20)
            began = load.now()
            server.manage("POST", "/models", url=archive, model_name="other", synchronous=synchronous)
            while server.manage("GET", "/models/other").json()[0]["workers"][0]["status"] != "READY":
                load.wait(1)
            took = load.now() - began
            load.wait(20)
    assert not load.failed
    slowest = max(reply.latency for reply in load.replies)
    assert (slowest > took / 2) == synchronous, f"loading took {took:.2f} s, the slowest answer {slowest:.2f} s"


@pytest.mark.parametrize("workers", [0, 2])
def test_the_workers_of_a_models_own_config_win_over_the_callers(workers):
    archive = digits_archive().name  # its model-config.yaml says minWorkers: 1
    with TorchServe({}, MODEL_STORE, options=["--enable-model-api"]) as server:
        server.manage("POST", "/models", url=archive, initial_workers=workers)
        [model] = server.manage("GET", "/models/digits").json()
    assert len(model["workers"]) == 1
