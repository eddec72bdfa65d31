"""Plausible wrong answers to the exercises of lesson 03, each with a fragment of what the check must say."""

EMBEDDER = """
class Embedder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net = trained()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)

    @torch.jit.export
    def embed(self, x: torch.Tensor) -> torch.Tensor:
        return {features}


embedder = {answer}
"""
FEATURES = "torch.flatten(self.net.features(x), 1)"

SAVE_AND_LOAD = """
def save_and_load(module, path, facts):
    {save}
    extra = {{"facts.json": ""}}
    loaded = torch.jit.load(path, map_location="cpu", _extra_files=extra)
    return {answer}
"""
SAVE = 'torch.jit.save(module, path, _extra_files={"facts.json": json.dumps(facts)})'
READ = 'loaded, json.loads(extra["facts.json"])'

RAW_DIGITS = """
class RawDigits(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net = trained()

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.net({input})


raw_digits = {answer}
"""
FROZEN = "torch.jit.freeze(torch.jit.script(RawDigits().eval()))"

WRONG: dict[str, list[tuple[str, str]]] = {
    "3.1": [
        (
            EMBEDDER.format(features=FEATURES, answer="torch.jit.freeze(torch.jit.script(Embedder().eval()))"),
            "the method embed is gone",
        ),
        (EMBEDDER.format(features=FEATURES, answer="torch.jit.script(Embedder().eval())"), "not frozen"),
        (EMBEDDER.format(features=FEATURES, answer="Embedder().eval()"), "of type Embedder"),
        (EMBEDDER.format(features=FEATURES, answer="Embedder"), "the class Embedder"),
        (
            EMBEDDER.format(
                features="self.net.features(x)",
                answer='torch.jit.freeze(torch.jit.script(Embedder().eval()), preserved_attrs=["embed"])',
            ),
            "expected [5, 1568]",
        ),
    ],
    "3.3": [
        (SAVE_AND_LOAD.format(save="torch.jit.save(module, path)", answer="loaded, facts"), "no extra facts.json"),
        (SAVE_AND_LOAD.format(save=SAVE, answer="loaded, facts"), "read them from the dict"),
        (SAVE_AND_LOAD.format(save=SAVE, answer='loaded, extra["facts.json"]'), "came back as bytes"),
        (SAVE_AND_LOAD.format(save=SAVE, answer='module, json.loads(extra["facts.json"])'), "torch.jit.load gives you"),
        (SAVE_AND_LOAD.format(save=SAVE.replace("json.dumps", "str"), answer=READ), "isn't JSON"),
        (SAVE_AND_LOAD.format(save=SAVE.replace("json.dumps", "str"), answer="loaded, facts"), "isn't JSON"),
        (SAVE_AND_LOAD.format(save=SAVE, answer="loaded, json.loads(extra)"), "must be str, bytes or bytearray"),
        (
            SAVE_AND_LOAD.format(save=SAVE.replace("json.dumps(facts)", "facts"), answer=READ),
            "What makes text of a dict?",
        ),
        (SAVE_AND_LOAD.format(save=SAVE.replace("(module", "(frozen"), answer=READ), "other numbers than the original"),
        (SAVE_AND_LOAD.format(save=SAVE.replace("facts.json", "fact.json"), answer=READ), "fact.json: mind the name"),
        (SAVE_AND_LOAD.format(save=SAVE, answer=READ).replace('{"facts.json": ""}', '{"facts": ""}'), "KeyError"),
        (SAVE_AND_LOAD.format(save=SAVE, answer='loaded, json.loads("")'), "got no JSON to read"),
        (SAVE_AND_LOAD.format(save=SAVE, answer='json.loads(extra["facts.json"]), loaded'), "have changed places"),
        (SAVE_AND_LOAD.format(save=SAVE, answer="loaded"), "expected two things back"),
    ],
    "3.4": [
        (RAW_DIGITS.format(input="images", answer=FROZEN), "Input type (unsigned char)"),
        (RAW_DIGITS.format(input="images.unsqueeze(1).float() / 255", answer=FROZEN), "not normalised"),
        (
            RAW_DIGITS.format(input="(images.unsqueeze(1).float() - 0.1307) / 0.3081", answer=FROZEN),
            "divide the bytes by 255",
        ),
        (RAW_DIGITS.format(input="(images.float() / 255 - 0.1307) / 0.3081", answer=FROZEN), "channels"),
        (RAW_DIGITS.format(input="images.unsqueeze(1).float() / 255 - 0.1307 / 0.3081", answer=FROZEN), "brackets"),
        (
            RAW_DIGITS.format(input="(images.view(6, 1, 28, 28) / 255 - 0.1307) / 0.3081", answer=FROZEN),
            "is invalid for",
        ),
        (
            RAW_DIGITS.format(input="(images.unsqueeze(1) / 255 - 0.1307) / 0.3081", answer=FROZEN + "(images)"),
            "type Tensor",
        ),
        (
            RAW_DIGITS.format(input="(images.unsqueeze(1).float() / 255 - 0.1307) / 0.3081", answer="RawDigits()"),
            "of type RawDigits",
        ),
    ],
}
