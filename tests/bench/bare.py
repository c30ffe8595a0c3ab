"""The yardsticks: Flask and nothing else. (a) inserts one journal row, (b) answers 10 KB."""

import os
import threading
from typing import Any

import psycopg
from flask import Flask, request

TABLE = "CREATE TABLE IF NOT EXISTS bare_journal (client text, seq int, payload text, PRIMARY KEY (client, seq))"
INSERT = "INSERT INTO bare_journal (client, seq, payload) VALUES (%s, %s, %s)"
PAGE = "x" * 10_240

app = Flask(__name__)
_of_thread = threading.local()


def connection() -> psycopg.Connection[Any]:
    if not hasattr(_of_thread, "connection"):
        _of_thread.connection = psycopg.connect(os.environ["BENCH_CONNINFO"], autocommit=True, prepare_threshold=0)
    held: psycopg.Connection[Any] = _of_thread.connection
    return held


@app.post("/row")
def row() -> dict[str, bool]:
    body = request.get_json()
    connection().execute(INSERT, (body["client"], body["seq"], str(body["answers"])))
    return {"saved": True}


@app.get("/page")
def page() -> str:
    return PAGE
