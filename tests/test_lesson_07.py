"""What lesson 07 says about TorchServe without a cell that could show it on every machine."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

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


def test_scaling_down_forgets_a_request_on_its_way():
    patient = {"initial_workers": 1, "batch_size": 8, "max_batch_delay": 20_000, "model_name": "patient"}
    with TorchServe({}, MODEL_STORE, options=["--enable-model-api"]) as server:
        server.manage("POST", "/models", url=digits_archive().name, **patient)
        before = arrived(server)
        with ThreadPoolExecutor(1) as pool:
            png = to_png(load_digits(train=False)[0][0])
            waiting = pool.submit(server.predict, "patient", png, timeout=3)
            while arrived(server) == before:
                assert not waiting.done()
            server.manage("PUT", "/models/patient", min_worker=0, max_worker=0, synchronous=True)
            with pytest.raises(requests.ReadTimeout):
                waiting.result()


def arrived(server: TorchServe) -> str:
    return requests.get(f"{server.metrics_address}/metrics?name[]=ts_inference_requests_total", timeout=30).text
