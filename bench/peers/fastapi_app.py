"""FastAPI behind uvicorn, with uvloop and httptools (what `uvicorn[standard]` installs).

Run as `python -m uvicorn fastapi_app:app --workers 2 --loop uvloop --http httptools --no-access-log`.
"""

import json

from fastapi import FastAPI, Request, Response
from reader import Reader

app = FastAPI(openapi_url=None)
reader = Reader()


# async: reading takes about as long as handing it to the thread pool, which a plain `def` would do.
# A Response goes out as it is, as FastAPI's documentation advises; a dict would first go through its encoder.
@app.post("/predictions/digits")
async def predict(request: Request) -> Response:
    """Answer a PNG, the request's body, with `{"digit": 7}`."""
    digit = reader.read([await request.body()])[0]
    return Response(json.dumps({"digit": digit}), media_type="application/json")
