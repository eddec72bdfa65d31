"""The digit handler, without a server and on a live one: what it reads, what it refuses, and what that costs."""

import base64
import functools
import json
import os
import pickle
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

import digit_cases as cases
from course import ROOT, digits
from course.archive import DIGIT_HANDLER, ArchiveError, build_archive, digits_archive, save_digits_model
from course.harness import Answer, LocalHandler
from course.server import TorchServe

IMAGES, LABELS = digits.load_digits(train=False)
FEW = [13, 500, 861]
"""Numbers of held-out digits that the model reads right: see `test_the_model_reads_the_few_right`."""

PROPERTY = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture(scope="module")
def eager():
    """The eager model's probabilities (1,000 x 10) for all held-out digits."""
    with torch.inference_mode():
        return torch.softmax(digits.trained()(digits.to_input(IMAGES)), dim=1)


@pytest.fixture(scope="module")
def local():
    with LocalHandler(digits_archive()) as handler:
        yield handler


@pytest.fixture(scope="module")
def server():
    with TorchServe(models={"digits": digits_archive().name}, model_store=digits_archive().parent) as server:
        yield server


@pytest.fixture(scope="module")
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def send(server, request: cases.Request) -> Answer:
    reply = server.predict("digits", request.body, content_type=request.content_type)
    return Answer(reply.status_code, reply.json())


def png_text(png: bytes) -> str:
    return base64.b64encode(png).decode()


def worker_pids(server) -> list[int]:
    [model] = server.manage("GET", "/models/digits").json()
    return [worker["pid"] for worker in model["workers"]]


def assert_reads(answer: Answer, label: int) -> None:
    assert answer.status == 200, answer
    assert answer.body["digit"] == label
    assert answer.body["confidence"] == max(answer.body["probabilities"])
    assert sum(answer.body["probabilities"]) == pytest.approx(1)


def assert_refused(answer: Answer, bad: cases.Bad) -> None:
    assert answer.status == bad.status, answer
    assert set(answer.body) == {"code", "message"}
    assert answer.body["code"] == bad.status
    assert bad.phrase in answer.body["message"]
    assert len(answer.body["message"]) < 400


# ---- What it reads -----------------------------------------------------------------------------------------------


def test_the_model_reads_the_few_right(eager):
    assert eager.argmax(1)[FEW].tolist() == LABELS[FEW].tolist()


@pytest.mark.parametrize("kind", cases.KINDS)
def test_an_image_is_read_however_it_is_sent(local, kind):
    images = [(cases.KINDS[kind](IMAGES[n]), LABELS[n].item()) for n in FEW]
    sent = [(name, to_request(image), label) for name, to_request in cases.SENDINGS.items() for image, label in images]
    answers = local.predict([request.row for _, request, _ in sent])
    read = [(name, answer.body.get("digit", answer)) for (name, _, _), answer in zip(sent, answers, strict=True)]
    assert read == [(name, label) for name, _, label in sent]
    for answer, (_, _, label) in zip(answers, sent, strict=True):
        assert_reads(answer, label)


@pytest.mark.parametrize("sending", cases.SENDINGS)
def test_all_kinds_of_images_are_read_over_http(server, pool, sending):
    images = [(cases.KINDS[kind](IMAGES[n]), LABELS[n].item()) for kind in cases.KINDS for n in FEW[:1]]
    answers = pool.map(lambda image: send(server, cases.SENDINGS[sending](image[0])), images)
    for answer, (_, label) in zip(answers, images, strict=True):
        assert_reads(answer, label)


@pytest.mark.parametrize("form", cases.INSTANCES)
def test_instances_are_answered_one_by_one(local, form):
    values = [cases.INSTANCES[form](digits.to_png(IMAGES[n])) for n in FEW]
    [answer] = local.predict([cases.as_json({"instances": values}).row])
    assert answer.status == 200
    for prediction, n in zip(answer.body["predictions"], FEW, strict=True):
        assert_reads(Answer(200, prediction), LABELS[n].item())


@pytest.mark.parametrize("form", cases.INSTANCES)
def test_instances_are_answered_one_by_one_over_http(server, form):
    values = [cases.INSTANCES[form](digits.to_png(IMAGES[n])) for n in FEW]
    answer = send(server, cases.as_json({"instances": values}))
    assert [prediction["digit"] for prediction in answer.body["predictions"]] == LABELS[FEW].tolist()


@pytest.mark.parametrize("kind", [str, bytes, bytearray, memoryview])
def test_text_and_bytes_may_come_in_any_python_type(local, kind):
    text = cases.b64(digits.to_png(IMAGES[FEW[0]]))
    value = text if kind is str else kind(text.encode())
    [answer] = local.predict([{"body": value}])
    assert_reads(answer, LABELS[FEW[0]].item())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_as_its_camera_noted(local, orientation):
    exif = Image.Exif()
    exif[274] = orientation
    stored = cases.encode(cases.gray(IMAGES[FEW[0]]), exif=exif)
    upright = np.asarray(ImageOps.exif_transpose(Image.open(cases.io.BytesIO(stored))))
    tensor = local.handler.preprocess([{"body": stored}])
    assert torch.equal(tensor, digits.to_input(torch.tensor(upright)[None]))


VARIANTS = {
    "as they are": lambda d: cases.encode(cases.gray(d)),
    "ten times as large": lambda d: cases.encode(cases.gray(d).resize((280, 280), 0)),
    "black on white, large": lambda d: cases.encode(cases.large(255 - d)),
    "padded": lambda d: cases.encode(cases.paste(d, (120, 90), (80, 5), 0)),
    "noisy photographs": cases.KINDS["noisy-photo"],
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_hardly_a_digit_is_lost_when_its_picture_is_changed(local, variant):
    rows = [{"body": VARIANTS[variant](image)} for image in IMAGES[::4]]
    answers = local.predict(rows)
    right = sum(answer.body["digit"] == label for answer, label in zip(answers, LABELS[::4].tolist(), strict=True))
    assert right >= 0.97 * len(rows)


# ---- Parity ------------------------------------------------------------------------------------------------------


def test_answers_equal_the_eager_models(local, eager):
    answers = local.predict([{"body": digits.to_png(image)} for image in IMAGES])
    served = torch.tensor([answer.body["probabilities"] for answer in answers])
    assert (served - eager).abs().max() < 1e-5


def test_served_answers_equal_the_eager_models(server, pool, eager):
    answers = list(pool.map(lambda image: send(server, cases.raw(digits.to_png(image))), IMAGES))
    served = torch.tensor([answer.body["probabilities"] for answer in answers])
    assert (served - eager).abs().max() < 1e-5
    confidence = torch.tensor([answer.body["confidence"] for answer in answers])
    assert (confidence - eager.max(1).values).abs().max() < 1e-5


@pytest.mark.parametrize("way", ["traced", "scripted", "frozen"])
def test_any_torchscript_model_of_the_same_signature_is_served(tmp_path, eager, way):
    model = digits.trained()
    script = torch.jit.trace(model, torch.zeros(1, 1, 28, 28)) if way == "traced" else torch.jit.script(model)
    (torch.jit.freeze(script) if way == "frozen" else script).save(str(tmp_path / "other_name.pt"))
    with LocalHandler(DIGIT_HANDLER, serialized_file=tmp_path / "other_name.pt") as handler:
        answers = handler.predict([{"body": digits.to_png(IMAGES[n])} for n in FEW])
    served = torch.tensor([answer.body["probabilities"] for answer in answers])
    assert (served - eager[FEW]).abs().max() < 1e-5


# ---- What it refuses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.BAD)
def test_a_bad_request_gets_its_own_4xx_and_its_batch_mates_200(local, name):
    good = [{"body": digits.to_png(IMAGES[n])} for n in FEW]
    answers = local.predict([good[0], cases.BAD[name].request.row, good[1], good[2]])
    assert_refused(answers.pop(1), cases.BAD[name])
    for answer, n in zip(answers, FEW, strict=True):
        assert_reads(answer, LABELS[n].item())


def test_a_batch_of_nothing_but_bad_requests_is_answered(local):
    answers = local.predict([bad.request.row for bad in cases.BAD.values()])
    for answer, bad in zip(answers, cases.BAD.values(), strict=True):
        assert_refused(answer, bad)


@pytest.mark.parametrize("name", cases.BAD)
def test_a_bad_request_gets_its_own_4xx_over_http(server, pool, name):
    bad = cases.BAD[name]
    pids = worker_pids(server)
    failing = pool.submit(send, server, bad.request)
    good = [pool.submit(send, server, cases.raw(digits.to_png(IMAGES[n]))) for n in FEW]
    assert_refused(failing.result(), bad)
    for future, n in zip(good, FEW, strict=True):
        assert_reads(future.result(), LABELS[n].item())
    assert worker_pids(server) == pids


def test_a_body_larger_than_the_server_admits_is_refused_before_the_handler_sees_it(server):
    reply = server.predict("digits", bytes(7_000_000))
    assert (reply.status_code, reply.content) == (413, b"")
    assert_reads(send(server, cases.raw(digits.to_png(IMAGES[FEW[0]]))), LABELS[FEW[0]].item())


@pytest.mark.parametrize("body", [b"data=%zz", b"="])
def test_a_form_that_the_server_itself_cannot_decode_never_reaches_the_handler(server, body):
    """A fault of TorchServe's frontend that no handler can mend: it calls the client's mistake its own, 500."""
    pids = worker_pids(server)
    reply = server.predict("digits", body, content_type=cases.FORM)
    assert (reply.status_code, reply.json()["type"]) == (500, "ErrorDataDecoderException")
    assert worker_pids(server) == pids


ODD_FORMS = {
    "an empty boundary": ("boundary=", b"--b--\r\n", 500, "StringIndexOutOfBoundsException"),
    "an unknown charset": ("charset=x; boundary=b", b"--b--\r\n", 403, "UnsupportedCharsetException"),
    "a part whose name has no =": (
        "boundary=b", b'--b\r\nContent-Disposition: form-data; name-"data"\r\n\r\nx\r\n--b--\r\n',
        500, "ArrayIndexOutOfBoundsException",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_FORMS)
def test_nor_does_a_multipart_form_that_the_server_itself_cannot_decode(server, name):
    ending, body, status, kind = ODD_FORMS[name]
    pids = worker_pids(server)
    reply = server.predict("digits", body, content_type=f"multipart/form-data; {ending}")
    assert (reply.status_code, reply.json()["type"]) == (status, kind)
    assert worker_pids(server) == pids


def test_answers_say_that_they_are_json(server):
    for body in (digits.to_png(IMAGES[0]), b"no image"):
        assert server.predict("digits", body).headers["content-type"] == "application/json"


def test_requests_that_pretend_to_be_other_calls_do_not_disturb_their_batch(local):
    row = {"body": digits.to_png(IMAGES[FEW[0]])}
    answers = local.predict([row] * 3, headers=[{"explain": "True"}, {"describe": "True"}, {}])
    assert [answer.status for answer in answers] == [400, 200, 200]
    assert "no explanations" in answers[0].body["message"]
    assert "PNG" in answers[1].body["images"]
    assert_reads(answers[2], LABELS[FEW[0]].item())


def test_a_subclass_explains_the_requests_that_ask_so_and_no_others(tmp_path):
    (tmp_path / "explaining.py").write_text(
        "from digit_handler import DigitHandler\n\n\nclass Explaining(DigitHandler):\n"
        "    def get_insights(self, tensor_data, data, target):\n"
        "        return [list(tensor_data.shape), data, target, self.network(tensor_data).argmax().item()]\n"
    )
    save_digits_model(tmp_path / "digits.pt")
    png, asks = digits.to_png(IMAGES[FEW[0]]), {"explain": "True"}
    rows = [{"body": png}, {"body": b"no image"}, {"body": png}, cases.as_json({"instances": [png_text(png)] * 2}).row]
    with LocalHandler(
        tmp_path / "explaining.py", serialized_file=tmp_path / "digits.pt", extra_files=[DIGIT_HANDLER]
    ) as local:
        plain, refused, explained, several = local.predict(rows, headers=[{}, asks, asks, asks])
    label = LABELS[FEW[0]].item()
    assert_reads(plain, label)
    assert "attributions" not in plain.body
    assert refused.status == 415
    for body in (explained.body, *several.body["predictions"]):
        assert body["attributions"] == [[1, 1, 28, 28], None, label, label]


def test_an_unforeseen_error_fails_one_request_and_is_logged(local, caplog):
    class Odd(dict):
        def __contains__(self, name):
            raise ZeroDivisionError("nobody foresaw this")

    tensor = local.handler.preprocess([{"body": digits.to_png(IMAGES[0])}, Odd()])
    assert len(tensor) == 1
    assert local.handler.requests[1].error_code == 400
    assert "ZeroDivisionError" in local.handler.requests[1].message
    assert "nobody foresaw this" in caplog.text


class Broken(torch.nn.Module):
    """A model whose scores aren't numbers as soon as a picture is bright in its first pixel."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.flatten(1)[:, :10] / (x.flatten(1)[:, :1] < 2)


def test_a_model_that_yields_nan_is_never_answered_with_invalid_json(tmp_path):
    torch.jit.script(Broken()).save(str(tmp_path / "digits.pt"))
    bright = IMAGES[FEW[0]].clone()
    bright[0, :10] = 255
    with LocalHandler(DIGIT_HANDLER, serialized_file=tmp_path / "digits.pt") as handler:
        answers = handler.predict([{"body": digits.to_png(IMAGES[FEW[0]])}, {"body": digits.to_png(bright)}])
    assert [answer.status for answer in answers] == [200, 500]
    assert "model itself failed" in answers[1].body["message"]


def test_an_error_of_the_model_is_not_blamed_on_clients(tmp_path):
    torch.jit.trace(lambda x: x.flatten(1)[:, :10].view(1, 10), torch.zeros(1, 1, 28, 28)).save(str(tmp_path / "m.pt"))
    with LocalHandler(DIGIT_HANDLER, serialized_file=tmp_path / "m.pt") as handler:
        answers = handler.predict([{"body": digits.to_png(IMAGES[n])} for n in FEW])
    assert [answer.status for answer in answers] == [503] * 3
    assert "shape '[1, 10]' is invalid" in handler.log


# ---- Whatever comes ----------------------------------------------------------------------------------------------

MAGIC = st.sampled_from(
    [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM", b"RIFF....WEBPVP8 ", b"{", b"data:"]
)
ANY_BYTES = st.builds(lambda head, tail: head + tail, MAGIC, st.binary(max_size=300))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(cases.b64(cases.DIGIT)),
    lambda value: (
        st.lists(value, max_size=4)
        | st.dictionaries(st.sampled_from(["data", "body", "image", "b64", "instances", "x"]), value, max_size=3)
    ),
    max_leaves=12,
)
DAMAGE = st.tuples(
    st.sampled_from(sorted(set(cases.KINDS) - {"1500-pixels"})),
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=8),
)


@functools.cache
def image_of(kind: str) -> bytes:
    return cases.KINDS[kind](IMAGES[FEW[0]])


def damaged(kind: str, where: int, patch: bytes) -> bytes:
    image = image_of(kind)
    where %= len(image)
    return image[:where] + patch + image[where + len(patch) :]


def assert_no_server_error(answer: Answer) -> None:
    assert answer.status in (200, 400, 413, 415, 422), answer
    assert isinstance(answer.body, dict)


@settings(max_examples=300, **PROPERTY)
@given(body=ANY_BYTES)
def test_no_bytes_cause_a_server_error(local, body):
    assert_no_server_error(local.predict([{"body": bytearray(body)}])[0])


@settings(max_examples=300, **PROPERTY)
@given(value=ANY_JSON)
def test_no_json_causes_a_server_error(local, value):
    assert_no_server_error(local.predict([{"body": value}])[0])


@settings(max_examples=200, **PROPERTY)
@given(damage=DAMAGE)
def test_no_damage_to_an_image_causes_a_server_error(local, damage):
    answer = local.predict([{"body": damaged(*damage)}])[0]
    assert_no_server_error(answer)
    assert "for a reason that the handler does not know" not in local.log


@settings(max_examples=60, **PROPERTY)
@given(body=ANY_BYTES.filter(bool), content_type=st.sampled_from(["image/png", "text/plain", "application/json"]))
def test_no_bytes_cause_a_server_error_over_http(server, body, content_type):
    assert_no_server_error(send(server, cases.Request(content_type, body, {})))


@settings(max_examples=60, **PROPERTY)
@given(value=ANY_JSON)
def test_no_json_causes_a_server_error_over_http(server, value):
    assert_no_server_error(send(server, cases.Request("application/json", json.dumps(value).encode(), {})))


# ---- What it costs -----------------------------------------------------------------------------------------------

MEASURE = """
import json, pickle, resource, sys, time
import psutil
from course.archive import digits_archive
from course.harness import LocalHandler

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (2**10 if sys.platform == "linux" else 1)

rows = pickle.load(sys.stdin.buffer)
handler = LocalHandler(digits_archive())
handler.predict([rows.pop("a plain digit")])
ballast = bytearray(b"x") * (peak() - psutil.Process().memory_info().rss)  # loading took more than is in use now
measured = {}
for name, row in rows.items():
    before, start = peak(), time.process_time()
    [answer] = handler.predict([row])
    measured[name] = answer.status, (peak() - before) / 2**20, time.process_time() - start
print(json.dumps(measured))
"""

HEAVY = {
    "a bomb": (lambda: cases.raw(cases.bomb()), 413, 40),
    "a header of 100 megapixels": (lambda: cases.BAD["header of 100 megapixels"].request, 413, 40),
    "a gif of thousands of frames": (lambda: cases.raw(cases.long_gif()), 422, 40),
    "a gif that claims 65,535 pixels a side": (lambda: cases.raw(cases.huge_gif_canvas()), 413, 40),
    "a webp of 16,383 pixels a side": (lambda: cases.raw(cases.huge_webp()), 413, 40),
    "a bomb of text": (lambda: cases.raw(cases.text_bomb()), 415, 40),
    "a colour profile bomb": (lambda: cases.raw(cases.profile_bomb()), 415, 40),
    "as many instances as accepted": (
        lambda: cases.as_json({"instances": [cases.b64(cases.encode(cases.large(IMAGES[0], 512)))] * 64}),
        200, 40,
    ),
    "a million numbers in JSON": (lambda: cases.as_json({"data": [[0] * 1000] * 1000}), 422, 60),
    "as large a picture as accepted": (lambda: cases.raw(cases.blank(0, (4096, 4096), "RGBA")), 422, 260),
}  # fmt: skip
"""What to send, the status to expect, and how many megabytes of memory it may take: the least demanding ones first."""


@pytest.fixture(scope="module")
def measured():
    """Each of `HEAVY` in a process of its own: status, megabytes that its peak of memory grew by, seconds."""
    rows = {"a plain digit": {"body": cases.DIGIT}} | {name: make().row for name, (make, *_) in HEAVY.items()}
    command = [sys.executable, "-c", MEASURE]
    run = subprocess.run(command, input=pickle.dumps(rows), capture_output=True, check=False, cwd=ROOT / "notebooks")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", HEAVY)
def test_memory_and_time_stay_bounded_whatever_a_picture_claims(measured, name):
    _, status, megabytes = HEAVY[name]
    got, grown, seconds = measured[name]
    assert got == status
    assert grown <= megabytes
    assert seconds < 3


def test_no_text_takes_more_than_linear_time(local):
    texts = [
        b"=" * 5_000_000,
        b" " * 5_000_000 + b"x",
        b"\n" * 5_000_000,
        b"a" * 5_000_000,
        b"data:" + b"," * 5_000_000,
    ]
    start = time.process_time()
    answers = local.predict([{"body": text} for text in texts])
    assert all(answer.status in (400, 415) for answer in answers)
    assert time.process_time() - start < 3


# ---- Building archives -------------------------------------------------------------------------------------------


def test_an_archive_is_built_again_only_when_its_sources_changed():
    archive = digits_archive()
    built = archive.stat().st_mtime_ns
    assert digits_archive().stat().st_mtime_ns == built
    os.utime(archive, (0, 0))
    assert digits_archive().stat().st_mtime > 0


def test_the_same_archive_may_be_built_many_times_at_once(tmp_path, pool):
    builds = [pool.submit(build_archive, "x", handler=DIGIT_HANDLER, export_path=tmp_path) for _ in range(4)]
    assert {build.result() for build in builds} == {tmp_path / "x.mar"}
    assert zipfile.ZipFile(tmp_path / "x.mar").testzip() is None
    assert [file.name for file in tmp_path.iterdir()] == ["x.mar"]


def test_a_missing_file_is_reported_in_the_archivers_words_with_a_remedy(tmp_path):
    with pytest.raises(ArchiveError, match=r"nowhere\.pt'\n.*Check that each file"):
        build_archive("x", handler=DIGIT_HANDLER, serialized_file="nowhere.pt", export_path=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_carries_its_extra_files_and_its_configuration(tmp_path):
    (tmp_path / "a file.txt").write_text("hello")
    archive = build_archive(
        "x", handler=DIGIT_HANDLER, extra_files=[tmp_path / "a file.txt"], config={"batchSize": 4}, export_path=tmp_path
    )
    with zipfile.ZipFile(archive) as content:
        assert {"a file.txt", "digit_handler.py", "model-config.yaml", "MAR-INF/MANIFEST.json"} <= set(
            content.namelist()
        )
        assert content.read("model-config.yaml") == b"batchSize: 4\n"


# ---- The harness -------------------------------------------------------------------------------------------------


def test_an_edited_handler_is_loaded_afresh_and_nothing_stays_behind(tmp_path):
    source = tmp_path / "my_handler.py"
    before = list(sys.path)
    for word in ("first", "second"):
        source.write_text(f"def handle(data, context):\n    return [{word!r}] * len(data or [])\n")
        with LocalHandler(source) as handler:
            assert handler.predict([{"body": b"x"}]) == [Answer(200, word.encode())]
        assert not handler.folder.exists()
    assert sys.path == before
    assert "my_handler" not in sys.modules


def test_a_handlers_steps_can_be_called_by_hand():
    rows = [{"body": b"no image"}] + [{"body": digits.to_png(IMAGES[n])} for n in FEW]
    with LocalHandler(digits_archive()) as local:
        handler = local.handler
        for _ in range(2):
            tensor = handler.preprocess(rows)
            assert (tensor.shape, tensor.dtype) == ((3, 1, 28, 28), torch.float32)
            scores = handler.inference(tensor)
            assert scores.shape == (3, 10)
            answers = handler.postprocess(scores)
            assert [answer.get("digit") for answer in answers] == [None, *LABELS[FEW].tolist()]
            assert handler.context.get_response_status(0)[0] == answers[0]["code"] == 415
            assert local.predict(rows[1:2])[0].status == 200


def test_the_harness_shows_a_handlers_mistakes_as_a_server_does(tmp_path):
    source = tmp_path / "my_handler.py"
    source.write_text("def handle(data, context):\n    return ['one']\n")
    with LocalHandler(source) as handler:
        answers = handler.predict([{"body": b"x"}] * 2)
    assert answers == [Answer(503, {"code": 503, "message": "number of batch response mismatched"})] * 2
    assert "expect: 2, got: 1" in handler.log
