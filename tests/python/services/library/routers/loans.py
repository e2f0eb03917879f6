from fastapi import APIRouter


def make_router() -> APIRouter:
    router = APIRouter()

    @router.put("/{id}", status_code=None)
    def lend(id: int):
        return {}

    return router
