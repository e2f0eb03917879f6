from fastapi import APIRouter, FastAPI
from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse

router = APIRouter(prefix="/members")
admin = FastAPI()


class Card(HTTPEndpoint):
    def get(self, request):
        return PlainTextResponse("")

    def delete(self, request):
        return PlainTextResponse("", status_code=204)


@router.get("/me")
@router.get("/self")
def me():
    return {}


@router.get("/{id}")
def member(id: int):
    return {}


@admin.post("/reset", status_code=202)
def reset(is_forced: bool = False):
    return None


def plain(request):
    return PlainTextResponse("")


router.add_route("/card", Card)
router.add_api_route("/list", lambda: [], methods=["GET"])
admin.add_route("/plain", plain)
