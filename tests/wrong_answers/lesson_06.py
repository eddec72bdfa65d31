"""Plausible wrong answers to the exercises of lesson 06: (what replaces the answer cell, what the verdict must say)."""

ASK = """def ask(address, token, png):
    content = {content}
    headers = {headers}
    answer = requests.post(f"{{address}}/predictions/digits", {kind}=content, headers=headers, timeout=60)
    return answer.json()["digit"]
"""
BROKEN = '{"data": str(base64.b64encode(png))}'
BEARER = '{"Authorization": f"Bearer {token}"}'


def ask(content: str, headers: str, kind: str = "json") -> str:
    """Return the source of a client that sends this content with these headers."""
    return ASK.format(content=content, headers=headers, kind=kind)


WRONG: dict[str, list[tuple[str, str]]] = {
    "6.3": [
        ('extension = ".pt"', "without its handler"),
        ('extension = ".zip"', "is what the archive is inside"),
        ('extension = ".tar"', "no format of the archiver"),
        ('extension = "mar"', "begins with its dot"),
        ('extension = "digits.mar"', "only its extension"),
        ("extension = 7", "a string such as"),
        ('extension = ".onnx"', "'.onnx' is not the extension of the file"),
        ('extension = "MAR"', "in small letters, with its dot"),
    ],
    "6.4": [
        ('does = {"preprocess": "A", "inference": "D", "postprocess": "C"}', "preprocess and postprocess are swapped"),
        ('does = {"preprocess": "C", "inference": "A", "postprocess": "D"}', "inference and postprocess are swapped"),
        ('does = {"preprocess": "B", "inference": "D", "postprocess": "A"}', "once, in `initialize`"),
        ('does = {"preprocess": "D", "inference": "A", "postprocess": "C"}', "all three have another one's line"),
        ('does = {"preprocess": "C", "inference": "C", "postprocess": "A"}', "the same letter"),
        (
            'does = {"preprocess": "one", "inference": "D", "postprocess": "A"}',
            "preprocess: a value is one letter of A, B, C, D; 'one' is not",
        ),
        ('does = "CDA"', "yours: of type str"),
        ('does = {"initialize": "B", "preprocess": "C"}', "yours: initialize, preprocess"),
    ],
    "6.5": [
        ('prediction_url = "http://127.0.0.1:8080/predictions/classifier"', "left of the `=`"),
        ('prediction_url = "http://127.0.0.1:8080/predictions/classifier.mar"', "of no use to a client"),
        ('prediction_url = "http://127.0.0.1:8080/my_classifier"', "/predictions/ stands before"),
        ('prediction_url = "http://localhost:8081/predictions/my_classifier"', "management address"),
        ('prediction_url = "http://localhost:8082/predictions/my_classifier"', "metrics address"),
        ('prediction_url = "http://localhost/predictions/my_classifier"', "port 80"),
        ('prediction_url = "https://127.0.0.1:8080/predictions/my_classifier"', "certificate"),
        ('prediction_url = "127.0.0.1:8080/predictions/my_classifier"', "begins with its scheme"),
        ('prediction_url = "http://127.0.0.1:8080/prediction/my_classifier"', "predictions, not prediction"),
        ('prediction_url = f"{server.inference_address}/predictions/my_classifier"', "first default port"),
        ('prediction_url = "http://127.0.0.1:PORT/predictions/my_classifier"', "a number for the port"),
        ('prediction_url = "http://127.0.0.1:8080/predictions/digits"', "no model is called 'digits'"),
        ('prediction_url = "http://127.0.0.1:8080/explanations/my_classifier"', "predictions, not explanations"),
    ],
    "6.6": [
        (ask('{"data": base64.b64encode(png).decode()}', '{"Authorization": token}'), "lacks the word Bearer"),
        (ask(BROKEN, BEARER), "neither JSON nor valid base64"),
        (ask("{'data': base64.b64encode(png).decode()}", BEARER).replace('["digit"]', ""), "something of type dict"),
        (ask("{'data': base64.b64encode(png).decode()}", BEARER).replace("return ", ""), "Is there a `return`?"),
        (ask("png", BEARER.replace("Bearer ", "bearer "), "data"), "a capital B"),
        (ask("png", BEARER, "data").replace("{address}", "{server.inference_address}"), "asked another server"),
        (
            "from PIL import Image\nfrom torchvision.transforms.functional import pil_to_tensor\n"
            "def ask(address, token, png):\n    image = pil_to_tensor(Image.open(__import__('io').BytesIO(png)))\n"
            "    with torch.no_grad():\n        return trained()(to_input(image)).argmax(1).item()",
            "didn't ask the server",
        ),
    ],
}
