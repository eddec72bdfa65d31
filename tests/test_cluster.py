"""Machines on one machine, the Ray cluster on them, and that neither leaves anything behind, however it ends."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

import digit_cases as cases
from course import ROOT, digits
from course.archive import save_digits_model
from course.capacity import predict, saturation, throughput
from course.cluster import Cluster
from course.hosts import Hosts, HostsError, can_isolate
from course.server_config import draw_ports
from course.watchdog import alive
from test_handler import FEW, IMAGES, LABELS, assert_reads, assert_refused, send

both = pytest.mark.parametrize("isolated", [False, True])


def hosts(isolated: bool, count: int = 2) -> Hosts:
    if isolated and not can_isolate():
        pytest.skip("network namespaces need Linux, root with CAP_NET_ADMIN, and the commands ip, unshare, nsenter")
    return Hosts(count, isolated=isolated)


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        time.sleep(0.05)
    return found


def naming(folder: object) -> list[int]:
    """Return the processes that name the folder, or whose environment does."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values()]
            if process.status() != psutil.STATUS_ZOMBIE and any(str(folder) in word for word in words):
                found.append(process.pid)
        except (OSError, psutil.Error):
            pass
    return found


# ---- Machines ----------------------------------------------------------------------------------------------------


@both
def test_a_program_on_a_machine_is_reached_at_its_address_and_ends_with_it(isolated):
    with hosts(isolated) as machines:
        ports = [8000, 8000] if isolated else draw_ports(2)
        for host, port in zip((1, 2), ports, strict=True):
            command = [sys.executable, "-m", "http.server", "--bind", machines.address(host), str(port)]
            machines.run(host, command, log=f"{host}.log")

        def answers(host):
            try:
                return requests.get(f"http://{machines.address(host)}:{ports[host - 1]}/", timeout=5).ok
            except requests.ConnectionError:
                return False

        wait_for(lambda: answers(1) and answers(2))
        machines.kill(1)
        assert machines.pids(1) == []
        assert not answers(1)
        assert answers(2)
    assert not machines.folder.exists()
    assert naming(machines.folder) == []


def test_a_machine_takes_with_it_what_left_its_process_group():
    script = "import subprocess; subprocess.run(['sleep', '600'], start_new_session=True)"
    with hosts(False) as machines:
        machines.run(1, [sys.executable, "-c", script], log="one.log")
        pids = wait_for(lambda: len(machines.pids(1)) == 2 and machines.pids(1))
        processes = [psutil.Process(pid) for pid in pids]
        machines.kill(1)
        assert not any(map(alive, processes))


def test_the_thread_comes_home_from_the_machines_network():
    home = os.readlink("/proc/thread-self/ns/net") if sys.platform == "linux" else ""
    with hosts(True):
        assert os.readlink("/proc/thread-self/ns/net") != home
    assert os.readlink("/proc/thread-self/ns/net") == home


def test_machines_that_are_there_are_not_made_twice():
    with hosts(False) as machines, pytest.raises(HostsError, match="already there"):
        machines.start()


def test_who_sits_at_other_machines_is_told_to_stop_those():
    with hosts(True), pytest.raises(HostsError, match=r"restart the kernel, or call stop\(\) of those"):
        Hosts(1).start()
    with hosts(True) as machines:
        assert machines.folder.exists()


PARENT = """
import sys, time
from course.hosts import Hosts
machines = Hosts(2, isolated={isolated}).start()
machines.run(1, [sys.executable, "-c", {child!r}], log="one.log")
print(machines.folder, flush=True)
while not (machines.folder / "forked").exists():
    time.sleep(0.01)
{end}
"""
CHILD = """
import pathlib, subprocess, time
subprocess.Popen(["sleep", "600"], start_new_session=True)
pathlib.Path("forked").touch()
time.sleep(600)
"""
ENDS = {
    "by itself": "",
    "with an error": "raise ValueError('an error')",
    "by kill -9": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "by an interrupt": "import os, signal; os.kill(os.getpid(), signal.SIGINT)",
}


@both
@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_left_however_the_parent_ends(isolated, end):
    hosts(isolated)
    script = PARENT.format(isolated=isolated, child=CHILD, end=ENDS[end])
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT / "notebooks", capture_output=True, text=True, check=False
    )
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("ts-"), done.stderr
    wait_for(lambda: not folder.exists() and not naming(folder), 30)


# ---- Ray ---------------------------------------------------------------------------------------------------------

STARTING = """
from course.cluster import Cluster
from course.hosts import Hosts
machines = Hosts(1).start()
print(machines.folder, flush=True)
Cluster(machines, 1).start()
"""


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_a_start_that_is_cut_off_leaves_nothing(signum):
    command = [sys.executable, "-c", STARTING]
    parent = subprocess.Popen(
        command, cwd=ROOT / "notebooks", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    folder = Path(parent.stdout.readlines(1)[0].strip())
    wait_for(lambda: list(folder.glob("0/session_*/logs/gcs_server.out")), 120)
    parent.send_signal(signum)
    parent.wait(180)
    parent.stdout.close()
    wait_for(lambda: not folder.exists() and not naming(folder), 30)


@pytest.fixture(scope="module")
def served():
    """Two nodes with a replica each; `predict` is that of `course.server.TorchServe`."""
    import ray
    from ray import serve

    sys.path.insert(0, str(ROOT / "handlers"))
    from digit_deployment import DigitDeployment

    class Served:
        def predict(self, model, data, *, content_type=None):
            url, headers = (
                f"http://127.0.0.1:{port}/predictions/{model}",
                {"Content-Type": content_type or cases.OCTETS},
            )
            with requests.Session() as session:
                session.trust_env = False  # no proxy stands between this machine and itself
                return session.post(url, data=data, headers=headers, timeout=60)

    port = draw_ports(1)[0]
    with Hosts(2) as machines, Cluster(machines, 2, env={"PYTHONPATH": str(ROOT / "handlers")}):
        save_digits_model(machines.folder / "digits.pt")
        serve.start(proxy_location="HeadOnly", http_options={"host": "127.0.0.1", "port": port})
        app = DigitDeployment.options(num_replicas=2).bind(str(machines.folder / "digits.pt"))
        serve.run(app, name="digits", route_prefix="/predictions/digits")
        assert sum(node["Alive"] for node in ray.nodes()) == 3
        yield Served()
    assert not machines.folder.exists()
    assert naming(machines.folder) == []


@pytest.mark.parametrize("sending", cases.SENDINGS)
def test_the_cluster_reads_what_torchserve_reads(served, sending):
    images = [cases.KINDS[kind](IMAGES[FEW[0]]) for kind in cases.KINDS]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda image: send(served, cases.SENDINGS[sending](image)), images))
    for answer in answers:
        assert_reads(answer, LABELS[FEW[0]].item())


@pytest.mark.parametrize("form", cases.INSTANCES)
def test_the_cluster_answers_instances_one_by_one(served, form):
    values = [cases.INSTANCES[form](digits.to_png(IMAGES[n])) for n in FEW]
    answer = send(served, cases.as_json({"instances": values}))
    assert [prediction["digit"] for prediction in answer.body["predictions"]] == LABELS[FEW].tolist()


@pytest.mark.parametrize("name", cases.BAD)
def test_the_cluster_refuses_what_torchserve_refuses_and_nobody_else(served, name):
    with ThreadPoolExecutor(4) as pool:
        failing = pool.submit(send, served, cases.BAD[name].request)
        good = [pool.submit(send, served, cases.raw(digits.to_png(IMAGES[n]))) for n in FEW]
        assert_refused(failing.result(), cases.BAD[name])
        for future, n in zip(good, FEW, strict=True):
            assert_reads(future.result(), LABELS[n].item())


def test_the_cluster_refuses_too_large_a_body_as_torchserve_does(served):
    reply = served.predict("digits", bytes(7_000_000))
    assert (reply.status_code, reply.content) == (413, b"")


# ---- The model ---------------------------------------------------------------------------------------------------


def test_one_client_never_waits():
    assert throughput(1, [0.2, 0.3]) == pytest.approx(1 / 0.5)
    assert throughput(1, [0.2], think=0.8) == pytest.approx(1)


@pytest.mark.parametrize("clients", [1, 2, 7, 40])
def test_a_balanced_network_is_the_textbooks(clients):
    """K equal stations, N clients: X = N / (D (N + K - 1))."""
    assert throughput(clients, [0.1] * 5) == pytest.approx(clients / (0.1 * (clients + 4)))


@pytest.mark.parametrize("clients", [1, 3, 10, 200])
def test_the_rate_keeps_within_the_asymptotic_bounds(clients):
    demands = [0.02, 0.05, 0.01]
    rate = throughput(clients, demands)
    assert clients / (sum(demands) + (clients - 1) * max(demands)) - 1e-9 <= rate
    assert rate <= min(clients / sum(demands), 1 / max(demands)) + 1e-9


def test_many_clients_that_think_long_are_an_open_queue():
    """M/M/1: with arrivals at rate a and service of D seconds, the queue holds aD / (1 - aD)."""
    clients, think, demand = 5000, 1000.0, 0.1  # arrivals at almost 5 a second: half busy
    rate = throughput(clients, [demand], think)
    inside = clients - rate * think
    assert inside == pytest.approx(rate * demand / (1 - rate * demand), rel=0.01)


def test_what_cannot_be_asked_is_refused():
    for clients, demands in ((0, [1.0]), (1, []), (1, [0.0]), (1, [-1.0, 2.0])):
        with pytest.raises(ValueError, match="at least one"):
            throughput(clients, demands)


def test_the_first_station_that_is_full_bounds_a_service():
    costs = {"proxy": 0.001, "replica": 0.004, "other": 0.003}
    assert saturation(costs) == pytest.approx(4)
    assert predict(2000, costs, 2) == pytest.approx(500, rel=0.01)
    assert predict(2000, costs, 50) == pytest.approx(1000, rel=0.05)
    assert predict(2000, costs, 50, proxies=10) > 5000
    assert predict(200, costs, 3, cores=2) == pytest.approx(2 / 0.008, rel=0.01)
