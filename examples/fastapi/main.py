"""A bookshop: its catalogue, its orders, its customers' accounts and a live stock feed.

Everything is kept in memory, starts from the same seed, and depends on neither clock nor chance.
"""

import argparse
from enum import StrEnum
from typing import Annotated, Literal

import uvicorn
from fastapi import (
    APIRouter,
    Body,
    Cookie,
    Depends,
    FastAPI,
    Form,
    Header,
    HTTPException,
    Query,
    Request,
    Response,
    WebSocket,
    WebSocketDisconnect,
    WebSocketException,
    status,
)
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

SHELF_SPACE = 12
SEARCHES_PER_KEY = 3
COVER_LIMIT = 1024
FEED_MESSAGE_LIMIT = 256


# --- Models ---


class Genre(StrEnum):
    fiction = "fiction"
    science = "science"
    poetry = "poetry"
    cookery = "cookery"


class Author(BaseModel):
    name: str
    born: int | None = None


class NewBook(BaseModel):
    """What staff send to add a book, or to replace one."""

    title: str = Field(min_length=1)
    authors: list[Author]
    price: float = Field(ge=0)
    genre: Genre
    pages: int | None = None
    tags: list[str] = []
    signed: bool = False


class Book(NewBook):
    """A book as the shop shows it."""

    id: int
    stock: int = 0
    edition: int = 1


class BookPage(BaseModel):
    total: int
    items: list[Book]


class Restock(BaseModel):
    """An order to a publisher; misspelt fields are refused, they cost money."""

    model_config = ConfigDict(extra="forbid")

    copies: int
    supplier: str
    express: bool = False


class Job(BaseModel):
    id: int
    book_id: int
    copies: int
    done: bool = False


class Rating(BaseModel):
    aspect: str
    stars: int
    weight: float = 1.0


class Review(BaseModel):
    text: str
    reviewer: Author | None = None
    ratings: list[Rating]


class PostedReview(BaseModel):
    id: int
    book_id: int
    stars: float
    notified: bool
    visits: int


class OrderLine(BaseModel):
    book_id: int
    copies: int = 1


class Address(BaseModel):
    street: str
    city: str
    country: str | None = None


class NewOrder(BaseModel):
    lines: list[OrderLine]
    ship_to: Address
    gift: bool = False
    note: str | None = None


class Order(NewOrder):
    id: int
    customer: str
    total: float
    state: Literal["open", "shipped", "cancelled"] = "open"


class GiftCard(BaseModel):
    amount: float
    message: str | None = None


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class Watch(BaseModel):
    """A message to the feed: the book to watch, or the name of something larger."""

    watch: int | str


class User(BaseModel):
    name: str
    staff: bool
    credit: float


# --- The shop's state ---


class Shop:
    """All that the shop knows; a new one always starts the same."""

    def __init__(self) -> None:
        le_guin, woolf = Author(name="Ursula K. Le Guin", born=1929), Author(name="Virginia Woolf", born=1882)
        seeds = [
            ("The Dispossessed", [le_guin], 12.5, Genre.fiction, 387, ["utopia", "classic"], 5),
            ("The Waves", [woolf], 9.25, Genre.fiction, 324, ["classic"], 2),
            ("On the Origin of Species", [Author(name="Charles Darwin")], 20.0, Genre.science, 502, [], 1),
            ("Poems", [Author(name="Emily Dickinson")], 7.75, Genre.poetry, None, ["classic"], 0),
            ("Poems", [Author(name="Bashō")], 8.0, Genre.poetry, 96, ["haiku"], 3),
            ("Cooking for Geese", [Author(name="Anon.")], 4.5, Genre.cookery, 64, [], 4),
            ("The Forbidden Almanac", [Author(name="Anon.")], 66.0, Genre.science, 13, [], 1),
            ("Soups", [Author(name="A. Ladle"), Author(name="B. Spoon", born=1970)], 15.0, Genre.cookery, 120, [], 9),
        ]
        self.books = {
            number: Book(
                id=number, title=title, authors=authors, price=price, genre=genre, pages=pages, tags=tags, stock=stock
            )
            for number, (title, authors, price, genre, pages, tags, stock) in enumerate(seeds, start=1)
        }
        self.withdrawn = {6}
        self.banned = {7}
        self.in_stocktaking = {8}
        self.users = {
            "ada-token": User(name="ada", staff=False, credit=100.0),
            "bob-token": User(name="bob", staff=False, credit=5.0),
            "eve-token": User(name="eve", staff=True, credit=0.0),
        }
        self.passwords = {"ada": "lovelace", "bob": "builder", "eve": "staff only"}
        self.orders = {
            1: Order(
                id=1,
                customer="ada",
                lines=[OrderLine(book_id=2)],
                ship_to=Address(street="1 Byron Row", city="London"),
                total=9.25,
                state="shipped",
            )
        }
        self.jobs: dict[int, Job] = {}
        self.covers: dict[int, bytes] = {}
        self.reviews = 0
        self.gift_cards = 0
        self.searches: dict[str, int] = {}
        self.sold_today = 0
        self.takings_today = 0.0


shop = Shop()


# --- Dependencies ---


def find_book(book_id: int) -> Book:
    """The book with this id, or the reason why it is not for sale."""
    if book_id in shop.withdrawn:
        raise HTTPException(status.HTTP_410_GONE, "Withdrawn by the publisher")
    if book_id in shop.banned:
        raise HTTPException(
            status.HTTP_451_UNAVAILABLE_FOR_LEGAL_REASONS,
            "Not for sale by order of the court",
            headers={"Link": '<https://court.example/orders/7>; rel="blocked-by"'},
        )
    if book_id not in shop.books:
        raise HTTPException(status.HTTP_404_NOT_FOUND, {"error": "no such book", "book_id": book_id})
    return shop.books[book_id]


def current_user(authorization: Annotated[str | None, Header()] = None) -> User:
    if authorization is None:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, "Not authenticated", headers={"WWW-Authenticate": 'Bearer realm="bookshop"'}
        )
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token not in shop.users:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED,
            "Invalid token",
            headers={"WWW-Authenticate": 'Bearer realm="bookshop", error="invalid_token"'},
        )
    return shop.users[token]


def staff_member(user: Annotated[User, Depends(current_user)]) -> User:
    if not user.staff:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Staff only")
    return user


FoundBook = Annotated[Book, Depends(find_book)]
CurrentUser = Annotated[User, Depends(current_user)]
StaffMember = Annotated[User, Depends(staff_member)]


def etag(book: Book) -> str:
    return f'"{book.id}-{book.edition}"'


# --- Books ---

books = APIRouter(prefix="/books", tags=["books"])


@books.get("")
def list_books(
    genre: Genre | None = None,
    max_price: float | None = None,
    in_stock: bool = False,
    tag: Annotated[list[str], Query()] = [],  # noqa: B006
    sort: Literal["id", "title", "price"] = "id",
    limit: Annotated[int, Query(ge=1)] = 10,
    offset: int = 0,
) -> BookPage:
    """The catalogue, without what may not be sold."""
    hidden = shop.withdrawn | shop.banned
    found = [
        book
        for book in shop.books.values()
        if book.id not in hidden
        and (genre is None or book.genre == genre)
        and (max_price is None or book.price <= max_price)
        and (not in_stock or book.stock > 0)
        and all(wanted in book.tags for wanted in tag)
    ]
    found.sort(key=lambda book: getattr(book, sort))
    start = max(offset, 0)
    return BookPage(total=len(found), items=found[start : start + limit])


@books.post("", status_code=status.HTTP_201_CREATED)
def add_book(new: NewBook, staff: StaffMember, response: Response) -> Book:
    if any(book.title == new.title for book in shop.books.values()):
        raise HTTPException(status.HTTP_409_CONFLICT, f"There is already a book called {new.title!r}")
    if len(shop.books) >= SHELF_SPACE:
        raise HTTPException(status.HTTP_507_INSUFFICIENT_STORAGE, "The shelves are full")
    book = Book(**new.model_dump(), id=max(shop.books) + 1)
    shop.books[book.id] = book
    response.headers["Location"] = f"/books/{book.id}"
    response.headers["ETag"] = etag(book)
    return book


@books.get("/bestseller")
def bestseller() -> RedirectResponse:
    return RedirectResponse("/books/1")  # 307 unless told otherwise


@books.get("/{book_id}")
def read_book(
    book: FoundBook,
    response: Response,
    accept: Annotated[str, Header()] = "*/*",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Book:
    if not any(kind in accept for kind in ("*/*", "application/*", "application/json")):
        raise HTTPException(status.HTTP_406_NOT_ACCEPTABLE, {"offered": ["application/json"]})
    if if_none_match is not None and if_none_match in ("*", etag(book)):
        raise HTTPException(status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag(book)})
    response.headers["ETag"] = etag(book)
    return book


@books.put("/{book_id}")
def replace_book(
    book: FoundBook,
    new: NewBook,
    staff: StaffMember,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> Book:
    """Replaces a book that nobody else has changed since it was read."""
    if if_match is None:
        raise HTTPException(status.HTTP_428_PRECONDITION_REQUIRED, "Send If-Match with the book's ETag")
    if if_match not in ("*", etag(book)):
        raise HTTPException(status.HTTP_412_PRECONDITION_FAILED, headers={"ETag": etag(book)})
    changed = Book(**new.model_dump(), id=book.id, stock=book.stock, edition=book.edition + 1)
    shop.books[book.id] = changed
    response.headers["ETag"] = etag(changed)
    return changed


@books.delete("/{book_id}", status_code=status.HTTP_204_NO_CONTENT)
def remove_book(book: FoundBook, staff: StaffMember) -> None:
    if book.id in shop.in_stocktaking:
        raise HTTPException(status.HTTP_423_LOCKED, "Being counted by the stocktakers")
    if any(line.book_id == book.id for order in shop.orders.values() for line in order.lines):
        raise HTTPException(status.HTTP_409_CONFLICT, "Somebody has ordered it")
    del shop.books[book.id]


@books.get("/{book_id}/sample")
def read_sample(book: FoundBook, range_: Annotated[str | None, Header(alias="range")] = None) -> Response:
    """The opening words, whole or in part (`Range: bytes=0-9`)."""
    text = f"{book.title}, by {book.authors[0].name}. Chapter one.".encode()
    if range_ is None:
        return Response(text, media_type="text/plain", headers={"Accept-Ranges": "bytes"})
    unit, _, span = range_.partition("=")
    first, _, last = span.partition("-")
    if unit != "bytes" or not first.isdigit() or not last.isdigit():
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Ask for a range such as bytes=0-9")
    start, end = int(first), min(int(last), len(text) - 1)
    if start > end:
        raise HTTPException(status.HTTP_416_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{len(text)}"})
    return Response(
        text[start : end + 1],
        status.HTTP_206_PARTIAL_CONTENT,
        media_type="text/plain",
        headers={"Content-Range": f"bytes {start}-{end}/{len(text)}"},
    )


@books.put("/{book_id}/cover")
async def upload_cover(
    book: FoundBook, staff: StaffMember, request: Request, content_type: Annotated[str, Header()] = ""
) -> Response:
    if content_type not in ("image/png", "image/jpeg"):
        raise HTTPException(
            status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
            "Covers are PNG or JPEG",
            headers={"Accept": "image/png, image/jpeg"},
        )
    image = await request.body()
    if len(image) > COVER_LIMIT:
        raise HTTPException(
            status.HTTP_413_CONTENT_TOO_LARGE, {"error": "cover too large", "limit": COVER_LIMIT, "size": len(image)}
        )
    shop.covers[book.id] = image
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@books.get("/{book_id}/cover")
def read_cover(book: FoundBook) -> Response:
    if book.id not in shop.covers:
        return Response(status_code=status.HTTP_404_NOT_FOUND)  # image clients expect no text
    return Response(shop.covers[book.id], media_type="image/png", headers={"Cache-Control": "max-age=3600"})


@books.post("/{book_id}/restock", status_code=status.HTTP_202_ACCEPTED)
def restock(book: FoundBook, order: Restock, staff: StaffMember, response: Response) -> Job:
    """Orders copies from a publisher; the job says when they have come."""
    if order.supplier == "Garbled Press":
        raise HTTPException(status.HTTP_502_BAD_GATEWAY, "The supplier's answer makes no sense")
    if order.supplier == "Slow Press":
        raise HTTPException(status.HTTP_504_GATEWAY_TIMEOUT, "The supplier has not answered")
    if order.express and book.stock > 0:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "Express is for books that are sold out")
    job = Job(id=len(shop.jobs) + 1, book_id=book.id, copies=order.copies)
    shop.jobs[job.id] = job
    response.headers["Location"] = f"/jobs/{job.id}"
    return job


@books.post("/{book_id}/reviews", status_code=status.HTTP_201_CREATED)
def post_review(
    book_id: int,
    review: Review,
    x_client_version: Annotated[float, Header()],
    notify: bool = False,
    visits: Annotated[int, Cookie()] = 0,
) -> PostedReview:
    """Takes part in no dependency, so that all that is wrong with a review is told at once."""
    book = find_book(book_id)
    if x_client_version < 2:
        raise HTTPException(
            status.HTTP_426_UPGRADE_REQUIRED, "This version of the app is too old", headers={"Upgrade": "bookshop/2"}
        )
    weight = sum(rating.weight for rating in review.ratings)
    if weight == 0:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Rate at least one aspect")
    stars = sum(rating.stars * rating.weight for rating in review.ratings) / weight
    shop.reviews += 1
    return PostedReview(id=shop.reviews, book_id=book.id, stars=stars, notified=notify, visits=visits)


# --- Orders ---

orders = APIRouter(prefix="/orders", tags=["orders"])


def find_order(order_id: int, user: CurrentUser) -> Order:
    order = shop.orders.get(order_id)
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    if order.customer != user.name and not user.staff:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "This is somebody else's order")
    return order


FoundOrder = Annotated[Order, Depends(find_order)]


@orders.get("/")
def list_orders(user: CurrentUser) -> list[Order]:
    return [order for order in shop.orders.values() if user.staff or order.customer == user.name]


@orders.post("/", status_code=status.HTTP_201_CREATED)
def place_order(new: NewOrder, user: CurrentUser, response: Response) -> Order:
    if not new.lines:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Nothing ordered")
    total = 0.0
    for line in new.lines:
        book = find_book(line.book_id)
        if line.copies > book.stock:
            raise HTTPException(
                status.HTTP_409_CONFLICT, {"book_id": book.id, "wanted": line.copies, "in_stock": book.stock}
            )
        total += book.price * line.copies
    if total > user.credit:
        raise HTTPException(status.HTTP_402_PAYMENT_REQUIRED, {"total": total, "credit": user.credit})
    user.credit -= total
    for line in new.lines:
        shop.books[line.book_id].stock -= line.copies
    order = Order(**new.model_dump(), id=max(shop.orders) + 1, customer=user.name, total=total)
    shop.orders[order.id] = order
    response.headers["Location"] = f"/orders/{order.id}"
    return order


@orders.get("/{order_id}")
def read_order(order: FoundOrder) -> Order:
    return order


@orders.post("/{order_id}/cancel")
def cancel_order(order: FoundOrder) -> Order:
    if order.state != "open":
        raise HTTPException(status.HTTP_409_CONFLICT, f"The order is {order.state}")
    order.state = "cancelled"
    return order


# --- The rest of the shop ---

app = FastAPI(title="Bookshop", version="1.0.0")
app.include_router(books)
app.include_router(orders)


@app.get("/")
def welcome() -> dict[str, str | int]:
    return {"shop": "The Dog-Eared Page", "books": len(shop.books)}


@app.get("/jobs/{job_id}")
def read_job(job_id: int) -> Job:
    """A job is under way when first asked for, and done from then on."""
    job = shop.jobs.get(job_id)
    if job is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such job")
    if job.done:
        raise HTTPException(
            status.HTTP_303_SEE_OTHER, "The copies are on the shelf", headers={"Location": f"/books/{job.book_id}"}
        )
    job.done = True
    shop.books[job.book_id].stock += job.copies
    return job.model_copy(update={"done": False})


@app.get("/titles/{title}")
def find_title(title: str) -> RedirectResponse:
    found = [book.id for book in shop.books.values() if book.title.lower() == title.lower()]
    if not found:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"We have no “{title}”")
    if len(found) > 1:
        raise HTTPException(status.HTTP_300_MULTIPLE_CHOICES, [f"/books/{number}" for number in found])
    return RedirectResponse(f"/books/{found[0]}", status.HTTP_302_FOUND)


@app.get("/search")
def search(q: str, x_api_key: Annotated[str, Header()], page: int = 1) -> list[str]:
    """Titles that contain `q`; a key has a few searches, and no more."""
    if len(q) > 100:
        raise HTTPException(status.HTTP_414_URI_TOO_LONG, "Search for less")
    shop.searches[x_api_key] = shop.searches.get(x_api_key, 0) + 1
    if shop.searches[x_api_key] > SEARCHES_PER_KEY:
        raise HTTPException(
            status.HTTP_429_TOO_MANY_REQUESTS,
            headers={"Retry-After": "60", "X-RateLimit-Limit": str(SEARCHES_PER_KEY), "X-RateLimit-Remaining": "0"},
        )
    return [book.title for book in shop.books.values() if q.lower() in book.title.lower()][(page - 1) * 5 : page * 5]


@app.put("/prices", status_code=status.HTTP_207_MULTI_STATUS)
def change_prices(prices: dict[str, float], staff: StaffMember) -> dict[str, int]:
    """Many prices at once, by title; says for each title how it went."""
    by_title = {book.title: book for book in shop.books.values()}
    outcome = {}
    for title, price in prices.items():
        if title not in by_title:
            outcome[title] = status.HTTP_404_NOT_FOUND
        elif price < 0:
            outcome[title] = status.HTTP_400_BAD_REQUEST
        else:
            by_title[title].price = price
            outcome[title] = status.HTTP_200_OK
    return outcome


@app.post("/gift-cards", status_code=status.HTTP_201_CREATED)
def buy_gift_card(card: GiftCard, recipient: Author, copies: Annotated[int, Body()] = 1) -> dict[str, str | float]:
    if card.amount > 500:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Gift cards end at 500")
    shop.gift_cards += copies
    return {"code": f"GIFT-{shop.gift_cards}", "for": recipient.name, "worth": card.amount * copies}


@app.post("/login")
def log_in(
    username: Annotated[str, Form()],
    password: Annotated[str, Form()],
    response: Response,
    remember_days: Annotated[int, Form()] = 0,
) -> Token:
    if shop.passwords.get(username) != password:
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED,
            "Wrong name or password",
            headers={"WWW-Authenticate": 'Form realm="bookshop"'},
        )
    token = f"{username}-token"
    response.set_cookie("session", token, max_age=remember_days * 86400 or None, httponly=True)
    response.set_cookie("visits", "1")
    return Token(access_token=token)


@app.get("/account")
def read_account(session: Annotated[str | None, Cookie()] = None) -> User:
    if session is None:
        raise HTTPException(
            status.HTTP_303_SEE_OTHER, "Log in first", headers={"Location": "/login", "Cache-Control": "no-store"}
        )
    if session not in shop.users:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Your session is broken")
    return shop.users[session]


@app.post("/account/logout")
def log_out() -> Response:
    response = Response(status_code=status.HTTP_205_RESET_CONTENT)
    response.set_cookie("session", "", max_age=0)
    return response


@app.get("/catalogue")
def old_catalogue() -> RedirectResponse:
    return RedirectResponse("/books", status.HTTP_301_MOVED_PERMANENTLY)


@app.post("/buy")
def old_order_form() -> RedirectResponse:
    return RedirectResponse("/orders/", status.HTTP_308_PERMANENT_REDIRECT)


@app.get("/reports/{kind}")
def report(kind: Literal["takings", "tax", "stock"], staff: StaffMember) -> dict[str, float]:
    if kind == "tax":
        raise HTTPException(status.HTTP_501_NOT_IMPLEMENTED)
    if kind == "stock":
        raise HTTPException(
            status.HTTP_503_SERVICE_UNAVAILABLE, "The stocktakers are at work", headers={"Retry-After": "120"}
        )
    return {"average": shop.takings_today / shop.sold_today}  # nobody has thought of a day without a sale


@app.post("/coffee")
def brew(cups: Annotated[int, Body(embed=True)] = 1) -> None:
    """The machine in the corner makes tea."""
    raise HTTPException(
        status.HTTP_418_IM_A_TEAPOT, {"cups": cups, "advice": "Try tea – it’s good"}, headers={"X-Brews": "tea"}
    )


# --- The feed ---


@app.websocket("/feed")
async def feed(websocket: WebSocket, token: str | None = None) -> None:
    """Tells the stock of the books that are asked for: `{"watch": 1}`; ends at `bye`."""
    if token not in shop.users:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "no token")
    await websocket.accept()
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                break
            text = message.get("text")
            if text is None:
                raise WebSocketException(status.WS_1003_UNSUPPORTED_DATA, "text only")
            if len(text) > FEED_MESSAGE_LIMIT:
                raise WebSocketException(status.WS_1009_MESSAGE_TOO_BIG, f"at most {FEED_MESSAGE_LIMIT} characters")
            if text == "bye":
                await websocket.close(status.WS_1000_NORMAL_CLOSURE, "goodbye")
                break
            await answer(websocket, text)
    except WebSocketDisconnect:
        pass


async def answer(websocket: WebSocket, text: str) -> None:
    """Answers one message of the feed, or ends it."""
    try:
        wanted = Watch.model_validate_json(text).watch
    except ValidationError:
        raise WebSocketException(status.WS_1007_INVALID_FRAME_PAYLOAD_DATA, "not a watch message") from None
    if wanted == "everything":
        raise WebSocketException(status.WS_1013_TRY_AGAIN_LATER, "too busy for that")
    if wanted == "warehouse":
        raise WebSocketException(status.WS_1011_INTERNAL_ERROR, "the warehouse does not answer")
    if wanted in shop.withdrawn | shop.banned:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "not for sale")
    book = shop.books.get(wanted)
    await websocket.send_json({"book_id": wanted, "stock": None if book is None else book.stock})


@app.websocket("/feed/{book_id}")
async def feed_of_one(websocket: WebSocket, book_id: int, times: int = 1) -> None:
    """Tells one book's stock so many times, and closes."""
    book = shop.books.get(book_id)
    if book is None:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "no such book")
    await websocket.accept()
    for _ in range(times):
        await websocket.send_json({"book_id": book_id, "stock": book.stock})
    await websocket.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves the bookshop on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8000)
    uvicorn.run(app, host="127.0.0.1", port=parser.parse_args().port)


if __name__ == "__main__":
    main()
