from http import HTTPStatus

from fastapi import APIRouter, HTTPException

VERSION = "/v" + "1"
CREATED = 201
router = APIRouter(prefix="/books", responses={404: {"description": "Missing"}})


@router.get("/{path:path}")
def read(path: str):
    raise HTTPException(404)


@router.post("", status_code=CREATED)
def add():
    return {}


@router.delete("/{id}", status_code=HTTPStatus.NO_CONTENT)
def remove(id: int):
    return None
