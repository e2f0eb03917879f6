"""What the bookshop is asked: first what a good client would send, then what FastAPI itself has to refuse.

Both lists are sent in this order to a shop that has just opened; later requests see what earlier ones did.
"""

import base64
import json

from wire import Conversation, Headers, Request

JSON = ("content-type", "application/json")
FORM = ("content-type", "application/x-www-form-urlencoded")
ADA = ("authorization", "Bearer ada-token")
BOB = ("authorization", "Bearer bob-token")
EVE = ("authorization", "Bearer eve-token")


def get(name: str, target: str, *headers: tuple[str, str]) -> Request:
    return Request(name, "GET", target, list(headers))


def send(name: str, method: str, target: str, body: object, *headers: tuple[str, str]) -> Request:
    """A request with a JSON body, written as most clients write it."""
    return Request(name, method, target, [JSON, *headers], json.dumps(body, ensure_ascii=False))


def raw(name: str, method: str, target: str, body: str | bytes | None, *headers: tuple[str, str]) -> Request:
    """A request with exactly this body and these headers."""
    return Request(name, method, target, list(headers), body)


NEW_BOOK = {
    "title": "A Field Guide to Rust",
    "authors": [{"name": "F. Oxide", "born": 1987}, {"name": "Ödön Corrosion"}],
    "price": 10.25,
    "genre": "science",
    "pages": 212,
    "tags": ["metal", "crab"],
    "signed": True,
}
ADDRESS = {"street": "2 Byron Row", "city": "London"}
REVIEW = {"text": "Good.", "ratings": [{"aspect": "plot", "stars": 4}, {"aspect": "cover", "stars": 1, "weight": 0.5}]}
VERSION = ("x-client-version", "2.5")

WELL_FORMED: list[Request] = [
    get("welcome", "/"),
    # The catalogue.
    get("books", "/books"),
    get("books-genre", "/books?genre=poetry"),
    get("books-max-price", "/books?max_price=9.25"),
    get("books-max-price-whole", "/books?max_price=8"),
    get("books-in-stock", "/books?in_stock=true"),
    get("books-in-stock-yes", "/books?in_stock=yes&genre=poetry"),
    get("books-one-tag", "/books?tag=haiku"),
    get("books-two-tags", "/books?tag=classic&tag=utopia"),
    get("books-sort-title", "/books?sort=title&limit=3"),
    get("books-sort-price", "/books?sort=price&limit=2&offset=1"),
    get("books-offset-past-end", "/books?offset=100"),
    get("books-none-found", "/books?genre=cookery&max_price=1e-3"),
    get("books-unknown-parameter", "/books?limit=1&colour=red"),
    get("books-repeated-parameter", "/books?limit=1&limit=2"),
    get("book", "/books/1"),
    get("book-null-pages", "/books/4"),
    get("book-non-ascii", "/books/5"),
    get("book-two-authors", "/books/8"),
    get("book-spaces-in-id", "/books/%201%20"),
    get("book-plus-sign-in-id", "/books/+1"),
    get("book-whole-float-id", "/books/1.0"),
    get("book-unknown", "/books/99"),
    get("book-negative", "/books/-1"),
    get("book-withdrawn", "/books/6"),
    get("book-banned", "/books/7"),
    get("book-accept-json", "/books/1", ("accept", "application/json")),
    get("book-accept-list", "/books/1", ("accept", "text/html, application/*;q=0.5")),
    get("book-accept-html-only", "/books/1", ("accept", "text/html")),
    get("book-not-modified", "/books/1", ("if-none-match", '"1-1"')),
    get("book-not-modified-star", "/books/1", ("if-none-match", "*")),
    get("book-modified", "/books/1", ("if-none-match", '"1-0"')),
    get("book-bestseller", "/books/bestseller"),
    get("sample-whole", "/books/1/sample"),
    get("sample-part", "/books/1/sample", ("range", "bytes=0-15")),
    get("sample-part-past-end", "/books/1/sample", ("range", "bytes=40-999")),
    get("sample-part-non-ascii", "/books/5/sample", ("range", "bytes=0-12")),
    get("sample-part-splits-a-character", "/books/5/sample", ("range", "bytes=0-14")),
    get("sample-not-satisfiable", "/books/1/sample", ("range", "bytes=500-600")),
    get("sample-bad-range", "/books/1/sample", ("range", "pages=1-2")),
    get("sample-unknown-book", "/books/99/sample"),
    # Adding, replacing, removing: who may, and when.
    send("add-not-authenticated", "POST", "/books", NEW_BOOK),
    send("add-wrong-scheme", "POST", "/books", NEW_BOOK, ("authorization", "Basic ZXZl")),
    send("add-wrong-token", "POST", "/books", NEW_BOOK, ("authorization", "Bearer nobody")),
    send("add-as-customer", "POST", "/books", NEW_BOOK, ADA),
    send("add", "POST", "/books", NEW_BOOK, EVE),
    send("add-lower-case-scheme", "POST", "/books", NEW_BOOK | {"title": "Two"}, ("authorization", "bearer eve-token")),
    get("added", "/books/9"),
    send("add-again", "POST", "/books", NEW_BOOK, EVE),
    send(
        "add-defaults",
        "POST",
        "/books",
        {"title": "“Plain”", "authors": [], "price": 3, "genre": "poetry", "isbn": "ignored"},
        EVE,
    ),
    send("add-last", "POST", "/books", NEW_BOOK | {"title": "Last", "tags": [], "pages": None}, EVE),
    send("add-shelves-full", "POST", "/books", NEW_BOOK | {"title": "One too many"}, EVE),
    send("replace-no-precondition", "PUT", "/books/9", NEW_BOOK, EVE),
    send("replace-stale", "PUT", "/books/9", NEW_BOOK, EVE, ("if-match", '"9-0"')),
    send("replace", "PUT", "/books/9", NEW_BOOK | {"price": 11.5}, EVE, ("if-match", '"9-1"')),
    send("replace-with-old-tag", "PUT", "/books/9", NEW_BOOK, EVE, ("if-match", '"9-1"')),
    send("replace-star", "PUT", "/books/9", NEW_BOOK | {"title": "Second"}, EVE, ("if-match", "*")),
    send("replace-unknown", "PUT", "/books/99", NEW_BOOK, EVE, ("if-match", "*")),
    send("replace-not-authenticated", "PUT", "/books/9", NEW_BOOK),
    get("replaced", "/books/9", ("if-none-match", '"9-2"')),
    raw("remove-not-authenticated", "DELETE", "/books/9", None),
    raw("remove-as-customer", "DELETE", "/books/9", None, BOB),
    raw("remove-locked", "DELETE", "/books/8", None, EVE),
    raw("remove-ordered", "DELETE", "/books/2", None, EVE),
    raw("remove", "DELETE", "/books/9", None, EVE),
    get("removed", "/books/9"),
    raw("remove-again", "DELETE", "/books/9", None, EVE),
    # Covers.
    get("cover-none", "/books/1/cover"),
    raw("cover-not-an-image", "PUT", "/books/1/cover", "a text", EVE, ("content-type", "text/plain")),
    raw("cover-no-type", "PUT", "/books/1/cover", "a text", EVE),
    raw("cover-too-large", "PUT", "/books/1/cover", "x" * 1025, EVE, ("content-type", "image/png")),
    raw("cover", "PUT", "/books/1/cover", b"\x89PNG\r\n\x1a\n\x00\xff", EVE, ("content-type", "image/png")),
    get("cover-stored", "/books/1/cover"),
    # Restocking, and its jobs.
    send("restock", "POST", "/books/4/restock", {"copies": 5, "supplier": "Quick Press"}, EVE),
    send("restock-express", "POST", "/books/4/restock", {"copies": 1, "supplier": "Quick", "express": True}, EVE),
    send("restock-express-in-stock", "POST", "/books/1/restock", {"copies": 1, "supplier": "Q", "express": True}, EVE),
    send("restock-garbled", "POST", "/books/4/restock", {"copies": 5, "supplier": "Garbled Press"}, EVE),
    send("restock-slow", "POST", "/books/4/restock", {"copies": 5, "supplier": "Slow Press"}, EVE),
    send("restock-withdrawn", "POST", "/books/6/restock", {"copies": 5, "supplier": "Quick Press"}, EVE),
    send("restock-as-customer", "POST", "/books/4/restock", {"copies": 5, "supplier": "Quick Press"}, ADA),
    get("job-under-way", "/jobs/1"),
    get("job-done", "/jobs/1"),
    get("job-unknown", "/jobs/99"),
    get("book-restocked", "/books/4"),
    # Reviews.
    send("review", "POST", "/books/1/reviews", REVIEW, VERSION),
    send("review-notify", "POST", "/books/1/reviews?notify=on", REVIEW, VERSION, ("cookie", "visits=7; theme=dark")),
    send("review-reviewer", "POST", "/books/2/reviews", REVIEW | {"reviewer": {"name": "Ada"}}, VERSION),
    send("review-old-client", "POST", "/books/1/reviews", REVIEW, ("x-client-version", "1.9")),
    send("review-no-ratings", "POST", "/books/1/reviews", {"text": "", "ratings": []}, VERSION),
    send("review-unknown-book", "POST", "/books/99/reviews", REVIEW, VERSION),
    send("review-banned-book", "POST", "/books/7/reviews", REVIEW, VERSION),
    # Orders.
    get("orders-not-authenticated", "/orders/"),
    get("orders", "/orders/", ADA),
    get("orders-none", "/orders/", BOB),
    get("orders-staff", "/orders/", EVE),
    send(
        "order", "POST", "/orders/", {"lines": [{"book_id": 1, "copies": 2}, {"book_id": 5}], "ship_to": ADDRESS}, ADA
    ),
    send(
        "order-gift",
        "POST",
        "/orders/",
        {"lines": [{"book_id": 4}], "ship_to": ADDRESS | {"country": "UK"}, "gift": True, "note": "Happy birthday!"},
        ADA,
    ),
    send("order-nothing", "POST", "/orders/", {"lines": [], "ship_to": ADDRESS}, ADA),
    send("order-out-of-credit", "POST", "/orders/", {"lines": [{"book_id": 1}], "ship_to": ADDRESS}, BOB),
    send("order-too-many", "POST", "/orders/", {"lines": [{"book_id": 2, "copies": 3}], "ship_to": ADDRESS}, ADA),
    send("order-unknown-book", "POST", "/orders/", {"lines": [{"book_id": 99}], "ship_to": ADDRESS}, ADA),
    send("order-withdrawn-book", "POST", "/orders/", {"lines": [{"book_id": 6}], "ship_to": ADDRESS}, ADA),
    send("order-not-authenticated", "POST", "/orders/", {"lines": [{"book_id": 1}], "ship_to": ADDRESS}),
    get("order-read", "/orders/2", ADA),
    get("order-read-by-staff", "/orders/2", EVE),
    get("order-read-by-another", "/orders/2", BOB),
    get("order-unknown", "/orders/99", ADA),
    raw("order-cancel", "POST", "/orders/2/cancel", None, ADA),
    raw("order-cancel-again", "POST", "/orders/2/cancel", None, ADA),
    raw("order-cancel-shipped", "POST", "/orders/1/cancel", None, ADA),
    raw("order-cancel-by-another", "POST", "/orders/1/cancel", None, BOB),
    get("book-sold", "/books/1"),
    # Titles, and old addresses.
    get("title-one", "/titles/The%20Waves"),
    get("title-other-case", "/titles/the%20waves"),
    get("title-several", "/titles/poems"),
    get("title-none", "/titles/Caf%C3%A9%20%22x%22"),
    get("old-catalogue", "/catalogue"),
    raw("old-order-form", "POST", "/buy", None),
    # Searching, until the key has no searches left.
    get("search-1", "/search?q=the", ("x-api-key", "k1")),
    get("search-2", "/search?q=THE&page=2", ("x-api-key", "k1")),
    get("search-3", "/search?q=nothing+like+it", ("x-api-key", "k1")),
    get("search-too-many", "/search?q=the", ("x-api-key", "k1")),
    get("search-other-key", "/search?q=", ("x-api-key", "k2")),
    get("search-too-long", f"/search?q={'x' * 101}", ("x-api-key", "k2")),
    # Prices, gift cards.
    send("prices", "PUT", "/prices", {"The Waves": 9.5, "Soups": -1, "Unheard of": 1, "Last": "2.5"}, EVE),
    send("prices-none", "PUT", "/prices", {}, EVE),
    send("prices-as-customer", "PUT", "/prices", {"The Waves": 0.5}, ADA),
    get("price-changed", "/books/2"),
    send("gift-card", "POST", "/gift-cards", {"card": {"amount": 25}, "recipient": {"name": "Bob"}}),
    send(
        "gift-cards",
        "POST",
        "/gift-cards",
        {"card": {"amount": 12.5, "message": "Enjoy"}, "recipient": {"name": "Zoë", "born": 2001}, "copies": 3},
    ),
    send("gift-card-too-dear", "POST", "/gift-cards", {"card": {"amount": 501}, "recipient": {"name": "Bob"}}),
    # Accounts.
    raw("login", "POST", "/login", "username=ada&password=lovelace", FORM),
    raw("login-remembered", "POST", "/login", "username=eve&password=staff+only&remember_days=2", FORM),
    raw("login-percent-encoded", "POST", "/login", "username=%65ve&password=staff%20only", FORM),
    raw("login-wrong-password", "POST", "/login", "username=ada&password=byron", FORM),
    raw(
        "login-multipart",
        "POST",
        "/login",
        '--b\r\ncontent-disposition: form-data; name="username"\r\n\r\nbob\r\n'
        '--b\r\ncontent-disposition: form-data; name="password"\r\n\r\nbuilder\r\n--b--\r\n',
        ("content-type", "multipart/form-data; boundary=b"),
    ),
    get("account", "/account", ("cookie", "session=ada-token")),
    get("account-among-cookies", "/account", ("cookie", 'theme=dark; session="bob-token"; visits=1')),
    get("account-no-session", "/account"),
    get("account-broken-session", "/account", ("cookie", "session=nobody")),
    raw("logout", "POST", "/account/logout", None),
    # Reports.
    get("report-not-authenticated", "/reports/takings"),
    get("report-as-customer", "/reports/takings", ADA),
    get("report-crashes", "/reports/takings", EVE),
    get("report-not-implemented", "/reports/tax", EVE),
    get("report-unavailable", "/reports/stock", EVE),
    # The coffee machine.
    send("coffee", "POST", "/coffee", {"cups": 2}),
    raw("coffee-no-body", "POST", "/coffee", None),
    send("coffee-empty-body", "POST", "/coffee", {}),
    # What the router answers by itself.
    get("unknown-path", "/magazines"),
    get("unknown-path-below", "/books/1/chapters"),
    raw("unknown-path-post", "POST", "/magazines", "{}", JSON),
    get("wrong-case", "/Books"),
    get("slash-too-many", "/books/"),
    get("slash-too-many-query", "/books/?genre=poetry&limit=1"),
    get("slash-too-few", "/orders"),
    get("slash-after-parameter", "/books/1/"),
    get("slash-after-non-ascii", "/titles/Caf%C3%A9/"),
    send("slash-too-few-post", "POST", "/orders", {"lines": []}, ADA),
    raw("wrong-method-patch", "PATCH", "/books/1", "{}", JSON),
    raw("wrong-method-delete", "DELETE", "/books", None),
    raw("wrong-method-get", "GET", "/login", None),
    raw("wrong-method-post", "POST", "/catalogue", None),
    raw("wrong-method-options", "OPTIONS", "/books/1", None),
    raw("wrong-method-head", "HEAD", "/coffee", None),
    get("feed-over-http", "/feed"),
]

INVALID: list[Request] = []


def invalid(name: str, method: str, target: str, body: str | bytes | None = None, *headers: tuple[str, str]) -> None:
    INVALID.append(Request(name, method, target, list(headers), body))


def new_book(name: str, body: object) -> None:
    """Adds a book as staff may: what is wrong is in the body alone."""
    INVALID.append(send(f"book-{name}", "POST", "/books", body, EVE))


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in NEW_BOOK.items() if name != key}


# Path and query.
for name, value in {
    "word": "one",
    "fraction": "1.5",
    "hexadecimal": "0x1",
    "underscore": "1_0",
    "underscores": "1__0",
    "comma": "1,0",
    "exponent": "1e3",
    "trailing-point": "1.",
    "space": "%20",
    "sign-only": "-",
    "two-signs": "--1",
    "non-ascii-digits": "%D9%A1",
    "null": "null",
    "quoted": "%22a%22",
    "emoji": "%F0%9F%A6%80",
    "control": "%01",
}.items():
    invalid(f"path-int-{name}", "GET", f"/books/{value}")
for name, query in {
    "int-word": "limit=ten",
    "int-empty": "limit=",
    "int-fraction": "limit=1.5",
    "int-whole-float": "limit=1.0",
    "int-spaces": "limit=%201%20",
    "int-below": "limit=0",
    "int-negative": "limit=-3",
    "int-last-of-several": "limit=1&limit=x",
    "float-word": "max_price=cheap",
    "float-empty": "max_price=",
    "float-comma": "max_price=1,5",
    "float-leading-point": "max_price=.5&limit=1",
    "float-underscore": "max_price=1_0.5&limit=1",
    "float-infinity": "max_price=Infinity&limit=1",
    "float-nan": "max_price=nan&limit=1",
    "bool-word": "in_stock=perhaps",
    "bool-empty": "in_stock=",
    "bool-two": "in_stock=2",
    "bool-upper": "in_stock=TRUE&limit=1",
    "bool-t": "in_stock=t&limit=1",
    "bool-n": "in_stock=n&limit=1",
    "bool-one-point-zero": "in_stock=1.0",
    "enum-unknown": "genre=romance",
    "enum-case": "genre=Poetry",
    "enum-empty": "genre=",
    "literal-unknown": "sort=author",
    "literal-case": "sort=Title",
    "several": "genre=romance&max_price=cheap&in_stock=perhaps&sort=author&limit=ten&offset=one",
    "several-out-of-order": "offset=one&sort=author&genre=romance",
    "percent-encoded": "genre=%C3%A9%22%5C",
    "plus": "genre=a+b",
}.items():
    invalid(f"query-{name}", "GET", f"/books?{query}")
invalid("query-missing", "GET", "/search", None, ("x-api-key", "k1"))
invalid("query-missing-and-header-missing", "GET", "/search")
invalid("query-page-and-header-missing", "GET", "/search?page=one")
invalid("header-empty", "GET", "/search?q=the", None, ("x-api-key", ""))
invalid("path-literal", "GET", "/reports/weather", None, EVE)
invalid("path-literal-before-login", "GET", "/reports/weather")
invalid("path-int-order", "GET", "/orders/one", None, ADA)
invalid("path-int-order-before-login", "GET", "/orders/one")

# JSON that is none. The messages and the places are Python's.
for name, text in {
    "empty-object-open": "{",
    "only-space": " ",
    "newline": "\n\n",
    "word": "hello",
    "single-quotes": "{'title': 1}",
    "no-quotes": "{title: 1}",
    "no-colon": '{"title" 1}',
    "no-value": '{"title": }',
    "no-comma": '{"title": 1 "price": 2}',
    "trailing-comma": '{"title": "x",}',
    "trailing-comma-in-array": '{"tags": ["a",]}',
    "array-open": '{"tags": ["a"',
    "array-no-comma": '{"tags": ["a" "b"]}',
    "string-open": '{"title": "x',
    "string-newline": '{"title": "x\ny"}',
    "string-tab": '{"title": "x\ty"}',
    "bad-escape": '{"title": "\\x41"}',
    "bad-unicode-escape": '{"title": "\\u12G4"}',
    "short-unicode-escape": '{"title": "\\u12"}',
    "half-escape": '{"title": "\\',
    "extra-data": '{"title": "x"} {}',
    "extra-data-after-number": "1 2",
    "leading-zero": '{"price": 01}',
    "plus-number": '{"price": +1}',
    "point-number": '{"price": .5}',
    "half-number": '{"price": 1.}',
    "half-exponent": '{"price": 1e}',
    "hexadecimal": '{"price": 0x1}',
    "minus-only": '{"price": -}',
    "capital-true": '{"signed": True}',
    "undefined": '{"title": undefined}',
    "comment": '{"title": "x" /* no */}',
    "comment-first": '// no\n{"title": "x"}',
    "after-non-ascii": '{"title": "Füße 🦀", }',
    "after-newlines": '{\n  "title": "x",\n  "price": ,\n}',
    "byte-order-mark": "\ufeff{}",
    "nothing-but-comma": ",",
    "close-only": "}",
    "mismatch": '{"tags": ["a"}',
}.items():
    invalid(f"json-{name}", "POST", "/books", text, JSON, EVE)
invalid("json-syntax-before-login", "POST", "/books", "{", JSON)
invalid("json-syntax-and-bad-path", "POST", "/books/one/reviews", "{", JSON)
invalid("json-syntax-unknown-book", "PUT", "/books/99", "{", JSON)
invalid("json-not-utf-8", "POST", "/books", b'{"title": "\xff"}', JSON, EVE)
invalid("json-latin-1", "POST", "/books", "{'title': 'Füße'}".encode("latin-1"), JSON, EVE)
invalid("json-truncated-utf-8", "POST", "/books", b'{"title": "\xc3', JSON, EVE)
invalid("json-utf-16", "POST", "/books", json.dumps({"title": "x"}).encode("utf-16"), JSON, EVE)
invalid("json-utf-16-without-mark", "POST", "/books", json.dumps({"title": "x"}).encode("utf-16-le"), JSON, EVE)
invalid("json-with-byte-order-mark", "POST", "/books", json.dumps({"title": "é"}).encode("utf-8-sig"), JSON, EVE)

# No body, and bodies of another type.
BOOK_TEXT = json.dumps(NEW_BOOK)
invalid("body-none", "POST", "/books", None, EVE)
invalid("body-none-with-type", "POST", "/books", None, JSON, EVE)
invalid("body-empty", "POST", "/books", "", JSON, EVE)
invalid("body-none-embedded", "POST", "/gift-cards", None)
invalid("body-no-type", "POST", "/books", BOOK_TEXT, EVE)
for name, kind in {
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "octets": "application/octet-stream",
    "text-json": "text/json",
    "empty": "",
    "nonsense": "nonsense",
    "json-lookalike": "application/jsonp",
}.items():
    invalid(f"type-{name}", "POST", "/books", BOOK_TEXT, ("content-type", kind), EVE)
for number, kind in enumerate(
    [
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.book+json",
        "application/json;charset=latin-1",
        " application/json ",
    ]
):
    text = json.dumps(NEW_BOOK | {"title": f"Typed {number}", "price": "cheap"})
    invalid(f"type-accepted-{number}", "POST", "/books", text, ("content-type", kind), EVE)
invalid("type-text-embedded", "POST", "/gift-cards", '{"card": {"amount": 1}}', ("content-type", "text/plain"))
invalid("type-text-quoted", "POST", "/books", "a \"text\" with 'quotes'\n", ("content-type", "text/plain"), EVE)
invalid("type-text-not-utf-8", "POST", "/books", b"\xff\xfe", ("content-type", "text/plain"), EVE)

# Other kinds of JSON than an object.
for name, value in {
    "null": None,
    "true": True,
    "int": 1,
    "float": 1.5,
    "string": "a book",
    "array": [NEW_BOOK],
    "empty-array": [],
    "empty-object": {},
}.items():
    new_book(f"is-{name}", value)

# One field wrong, in each way.
for key in ["title", "authors", "price", "genre"]:
    new_book(f"without-{key}", without(key))
for name, changes in {
    "title-null": {"title": None},
    "title-int": {"title": 1},
    "title-float": {"title": 1.5},
    "title-bool": {"title": False},
    "title-array": {"title": ["x"]},
    "title-object": {"title": {"b": 1, "a": 2}},
    "title-empty": {"title": ""},
    "authors-null": {"authors": None},
    "authors-string": {"authors": "F. Oxide"},
    "authors-object": {"authors": {"name": "F. Oxide"}},
    "authors-of-strings": {"authors": ["F. Oxide", "G. Oxide"]},
    "authors-of-null": {"authors": [None]},
    "author-empty": {"authors": [{}]},
    "author-second-wrong": {"authors": [{"name": "F."}, {"name": 7, "born": "long ago"}]},
    "author-born-fraction": {"authors": [{"name": "F.", "born": 1987.5}]},
    "author-born-string-fraction": {"authors": [{"name": "F.", "born": "1987.5"}]},
    "author-born-bool-string": {"authors": [{"name": "F.", "born": "true"}]},
    "author-born-empty": {"authors": [{"name": "F.", "born": ""}]},
    "author-born-array": {"authors": [{"name": "F.", "born": [1987]}]},
    "price-null": {"price": None},
    "price-string": {"price": "cheap"},
    "price-empty": {"price": ""},
    "price-array": {"price": [10.25]},
    "price-object": {"price": {}},
    "price-negative": {"price": -0.5},
    "price-negative-int": {"price": -1},
    "genre-null": {"genre": None},
    "genre-unknown": {"genre": "romance"},
    "genre-int": {"genre": 1},
    "genre-array": {"genre": ["science"]},
    "genre-object": {"genre": {"is": "science"}},
    "pages-string": {"pages": "many"},
    "pages-fraction": {"pages": 0.5},
    "pages-large-float": {"pages": 1e300},
    "pages-object": {"pages": {}},
    "tags-null": {"tags": None},
    "tags-string": {"tags": "metal"},
    "tags-object": {"tags": {"0": "metal"}},
    "tags-of-mixed": {"tags": ["metal", 1, None, True, ["crab"]]},
    "signed-null": {"signed": None},
    "signed-string": {"signed": "perhaps"},
    "signed-int": {"signed": 2},
    "signed-negative": {"signed": -1},
    "signed-float": {"signed": 0.5},
    "signed-empty": {"signed": ""},
    "signed-array": {"signed": []},
    "everything-wrong": {
        "title": 1,
        "authors": [{"name": None}, {"born": "x"}, 3],
        "price": "cheap",
        "genre": "romance",
        "pages": 1.5,
        "tags": [1],
        "signed": "perhaps",
    },
    "wrong-and-unknown-field": {"colour": "red", "price": "cheap"},
    "non-ascii-input": {"price": "größer 🦀"},
    "escaped-input": {"price": 'a"b\\c\n\x7f\u2028'},
    "deep-input": {"price": [[[[{"a": [1, {"b": None}]}]]]]},
    "float-inputs": {"title": [1e16, 1e-7, 0.1, 1.0, -0.0, 1e5, 123456789.125]},
}.items():
    new_book(name, NEW_BOOK | changes)
INVALID.append(raw("book-nan", "POST", "/books", BOOK_TEXT.replace("10.25", "NaN"), JSON, EVE))
INVALID.append(raw("book-infinite-pages", "POST", "/books", BOOK_TEXT.replace("212", "Infinity"), JSON, EVE))
INVALID.append(raw("book-nan-for-title", "POST", "/books", '{"title": NaN}', JSON, EVE))
INVALID.append(raw("book-repeated-key", "POST", "/books", '{"price": 1, "price": "x", "title": "t"}', JSON, EVE))
INVALID.append(raw("book-invalid-before-login", "POST", "/books", '{"title": 1}', JSON))
INVALID.append(raw("book-invalid-as-customer", "POST", "/books", '{"title": 1}', JSON, ADA))

# Fields that may not be there, maps, and several bodies in one.
for name, order in {
    "unknown-field": {"copies": 1, "supplier": "Q", "expres": True},
    "unknown-fields": {"b": 1, "copies": "x", "a": None},
    "copies-bool": {"copies": "yes", "supplier": "Q"},
    "express-string": {"copies": 1, "supplier": "Q", "express": "soon"},
}.items():
    INVALID.append(send(f"restock-{name}", "POST", "/books/4/restock", order, EVE))
INVALID.append(send("restock-bad-path-and-body", "POST", "/books/four/restock", {"copies": "x"}, EVE))
INVALID.append(send("restock-bad-path-before-login", "POST", "/books/four/restock", {"copies": "x"}))
INVALID.append(send("replace-bad-path-and-body", "PUT", "/books/nine", {"title": ""}, EVE))
for name, prices in {
    "value": {"The Waves": "cheap"},
    "values": {"The Waves": None, "Soups": [1], "": {}, "a.b": True, "Füße": "1,5"},
    "array": [1],
    "null": None,
    "string": "The Waves",
}.items():
    INVALID.append(send(f"prices-{name}", "PUT", "/prices", prices, EVE))
for name, gift in {
    "empty": {},
    "array": [],
    "null": None,
    "string": "card",
    "card-only": {"card": {"amount": 5}},
    "nulls": {"card": None, "recipient": None, "copies": None},
    "not-embedded": {"amount": 5, "name": "Bob"},
    "wrong-everywhere": {"card": {"amount": "much"}, "recipient": {"born": 1.5}, "copies": "two"},
    "card-string": {"card": "5", "recipient": {"name": "Bob"}},
}.items():
    INVALID.append(send(f"gift-card-{name}", "POST", "/gift-cards", gift))
INVALID.append(send("coffee-cups-string", "POST", "/coffee", {"cups": "two"}))
INVALID.append(send("coffee-array", "POST", "/coffee", [2]))
INVALID.append(raw("coffee-not-json", "POST", "/coffee", "cups=2", ("content-type", "text/plain")))

# Orders: errors deep inside.
for name, wrong in {
    "empty": {},
    "lines-missing": {"ship_to": ADDRESS},
    "line-empty": {"lines": [{}], "ship_to": ADDRESS},
    "line-wrong-third": {
        "lines": [{"book_id": 1}, {"book_id": "2", "copies": "1"}, {"book_id": "one", "copies": 0.5}],
        "ship_to": ADDRESS,
    },
    "address-string": {"lines": [], "ship_to": "2 Byron Row"},
    "address-empty": {"lines": [], "ship_to": {}},
    "address-wrong": {"lines": [], "ship_to": {"street": 2, "city": None, "country": ["UK"]}},
    "note-int": {"lines": [], "ship_to": ADDRESS, "note": 5},
    "all-wrong": {"lines": {"book_id": 1}, "ship_to": [], "gift": "maybe", "note": False},
}.items():
    INVALID.append(send(f"order-{name}", "POST", "/orders/", wrong, ADA))

# Several places at once: path, query, header, cookie, body.
BAD_REVIEW = {"text": 5, "reviewer": {"born": "x"}, "ratings": [{"aspect": "plot"}, {"stars": "many", "weight": []}]}
INVALID.append(
    send(
        "review-all-places",
        "POST",
        "/books/one/reviews?notify=perhaps",
        BAD_REVIEW,
        ("x-client-version", "two"),
        ("cookie", "visits=often"),
    )
)
INVALID.append(send("review-no-header", "POST", "/books/1/reviews", REVIEW))
INVALID.append(send("review-header-empty", "POST", "/books/1/reviews", REVIEW, ("x-client-version", "")))
INVALID.append(send("review-header-underscores", "POST", "/books/1/reviews", REVIEW, ("x_client_version", "2.5")))
INVALID.append(send("review-header-twice", "POST", "/books/1/reviews", REVIEW, VERSION, ("x-client-version", "x")))
INVALID.append(send("review-cookie", "POST", "/books/1/reviews", REVIEW, VERSION, ("cookie", "visits=")))
INVALID.append(send("review-cookie-quoted", "POST", "/books/1/reviews", REVIEW, VERSION, ("cookie", 'visits="x y"')))
INVALID.append(raw("review-no-body-no-header", "POST", "/books/one/reviews", None))
INVALID.append(raw("review-json-wins", "POST", "/books/one/reviews?notify=perhaps", "nope", JSON))

# Forms.
for name, form in {
    "empty": "",
    "no-password": "username=ada",
    "empty-username": "username=&password=x",
    "days-word": "username=ada&password=lovelace&remember_days=two",
    "days-empty": "username=ada&password=lovelace&remember_days=",
    "days-fraction": "username=ada&password=lovelace&remember_days=1.5",
    "all-wrong": "remember_days=two",
    "no-equals": "username",
    "bad-percent": "username=%zz&password=%",
    "not-utf-8": "username=%FF&password=x",
    "semicolons": "username=ada;password=lovelace",
    "repeated": "username=x&username=ada&password=lovelace",
}.items():
    invalid(f"form-{name}", "POST", "/login", form, FORM)
invalid("form-none", "POST", "/login")
invalid("form-as-json", "POST", "/login", '{"username": "ada", "password": "lovelace"}', JSON)
invalid("form-no-type", "POST", "/login", "username=ada&password=lovelace")
invalid("form-multipart-no-boundary", "POST", "/login", "x", ("content-type", "multipart/form-data"))
invalid("form-multipart-broken", "POST", "/login", "nonsense", ("content-type", "multipart/form-data; boundary=b"))
invalid(
    "form-multipart-missing",
    "POST",
    "/login",
    '--b\r\ncontent-disposition: form-data; name="username"\r\n\r\nbob\r\n--b--\r\n',
    ("content-type", "multipart/form-data; boundary=b"),
)

# What looks wrong, and is accepted: all have one title and find little room, so each is taken away again.
for name, changes in {
    "price-string": {"price": "1.5"},
    "price-string-int": {"price": "2"},
    "price-string-spaces": {"price": " 2.5 "},
    "price-string-exponent": {"price": "1e2"},
    "price-int": {"price": 3},
    "price-bool": {"price": True},
    "price-zero": {"price": -0.0},
    "price-large": {"price": 1e16},
    "price-small": {"price": 1.5e-7},
    "pages-whole-float": {"pages": 100.0},
    "pages-string": {"pages": "100"},
    "pages-string-whole-float": {"pages": "100.00"},
    "pages-string-signs": {"pages": "+100"},
    "pages-string-underscore": {"pages": "1_000"},
    "pages-string-zeros": {"pages": "007"},
    "pages-bool": {"pages": True},
    "pages-null": {"pages": None},
    "signed-yes": {"signed": "yes"},
    "signed-off": {"signed": "off"},
    "signed-upper": {"signed": "TRUE"},
    "signed-one": {"signed": 1},
    "signed-zero-float": {"signed": 0.0},
    "signed-one-string": {"signed": "1"},
    "unknown-field": {"colour": "red"},
    "born-string": {"authors": [{"name": "", "born": " 1987 "}]},
    "escapes": {"title": '\t"\\/\u0001\u2028é🦀'},
}.items():
    INVALID.append(send(f"lax-{name}", "POST", "/books", NEW_BOOK | changes, EVE))
    INVALID.append(raw(f"lax-{name}-removed", "DELETE", "/books/9", None, EVE))
INVALID.append(
    raw("lax-escaped-json", "POST", "/books", BOOK_TEXT.replace("Rust", "\\u0052ust \\ud83e\\udd80"), JSON, EVE)
)
INVALID.append(raw("lax-escaped-json-removed", "DELETE", "/books/9", None, EVE))
INVALID.append(raw("lax-lone-surrogate", "POST", "/books", BOOK_TEXT.replace("Rust", "\\ud83e"), JSON, EVE))
INVALID.append(raw("lax-repeated-key", "POST", "/books", BOOK_TEXT[:-1] + ', "price": 7}', JSON, EVE))
INVALID.append(get("lax-still-well", "/books?limit=1"))


def feed(name: str, target: str, *steps: dict[str, object], headers: Headers | None = None) -> Conversation:
    return Conversation(name, target, list(steps), headers or [])


RECEIVE: dict[str, object] = {"receive": ""}
FEED = "/feed?token=ada-token"


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


CONVERSATIONS: list[Conversation] = [
    feed("feed-no-token", "/feed"),
    feed("feed-wrong-token", "/feed?token=nobody"),
    feed(
        "feed-watches",
        FEED,
        {"send": '{"watch": 1}'},
        RECEIVE,
        {"send": '{"watch": 99}'},
        RECEIVE,
        {"send": "bye"},
    ),
    feed("feed-bye", FEED, {"send": "bye"}),
    feed("feed-client-leaves", FEED, {"send": '{"watch": 2}'}, RECEIVE, {"client_close": {"code": 1001}}),
    feed("feed-bytes", FEED, {"send_bytes": base64_of(b"\x01\x02")}),
    feed("feed-not-json", FEED, {"send": "watch 1"}),
    feed("feed-not-a-watch", FEED, {"send": '{"look": 1}'}),
    feed("feed-withdrawn", FEED, {"send": '{"watch": 6}'}),
    feed("feed-banned", FEED, {"send": '{"watch": 1}'}, RECEIVE, {"send": '{"watch": 7}'}),
    feed("feed-too-big", FEED, {"send": "x" * 257}),
    feed("feed-longest", FEED, {"send": '{"watch": 1}' + " " * 244}, RECEIVE, {"send": "bye"}),
    feed("feed-non-ascii-is-counted-by-character", FEED, {"send": '"' + "é" * 254 + '"'}),
    feed("feed-warehouse", FEED, {"send": '{"watch": "warehouse"}'}),
    feed("feed-everything", FEED, {"send": '{"watch": "everything"}'}),
    feed("feed-by-name", FEED, {"send": '{"watch": "Soups"}'}, RECEIVE, {"send": "bye"}),
    feed("feed-of-one", "/feed/1", RECEIVE),
    feed("feed-of-one-thrice", "/feed/2?times=3", RECEIVE, RECEIVE, RECEIVE),
    feed("feed-of-one-unknown", "/feed/99"),
    feed("feed-of-one-not-a-number", "/feed/one"),
    feed("feed-of-one-bad-query", "/feed/1?times=often"),
    feed("feed-unknown-path", "/feeds"),
    feed("feed-on-http-path", "/books"),
]
