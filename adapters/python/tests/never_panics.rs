//! Nothing that a file can hold makes the program panic, and what it fixes is Python again.

mod common;

use proptest::prelude::*;

/// Pieces of which services are made, and of which nonsense is.
const PIECES: &[&str] = &[
    "from fastapi import status",
    "from starlette.status import *",
    "from . import status",
    "import fastapi",
    "from starlette.status import HTTP_422_UNPROCESSABLE_ENTITY",
    "status",
    ".",
    "HTTP_422_UNPROCESSABLE_ENTITY",
    "HTTP_404_",
    "\n",
    "\n    ",
    "\r\n",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "=",
    "def f(status):",
    "class A(B):",
    "raise HTTPException(404)",
    "status_code=",
    "599",
    "responses={404: 1}",
    "close(code=1008)",
    "@router.get('/{x:path}')",
    "app = FastAPI()",
    "app.include_router(x, prefix=f'{y}')",
    "lambda:",
    "if x:",
    "else",
    "match x.status_code:",
    "case 404:",
    "#",
    "'",
    "\"\"\"",
    "\\",
    "\u{feff}",
    "\u{e9}",
    "\0",
    "\x0c",
    ":=",
    "for x in",
    "getattr(status, 'X')",
    "def f(self, app, *args, **more):",
    "\n    f(self, app)",
    "\n    self.x = self.x.f() or A(self)",
    "\n    return super().f(self.x)",
    "\n    with A().x as x: x.f()",
    "x: 'A | None' = Depends(f)",
    "@property",
    "\n    self.router = APIRouter(prefix=self.x)",
    "self.router",
    "return ",
    "class A(A, f(A)):",
    "\n    router: APIRouter = field(factory=APIRouter)",
    "A(f(A()), *A, x=A()).router",
    "app.add_api_route('/x' + x, f, **{'status_code': x})",
    "\n        x = x + x",
    "for x in [x, x, A()]:",
    "if not x or x is None:",
    "from fastapi import APIRouter, FastAPI",
    "\n@f\n",
    "\n    @A(f, lambda x=A: f(x))\n",
    "f([A, partial(f, x=(A, self.f))])",
    "app.add_api_route('/x', lambda: f())",
    "x = Depends(A([A, lambda: f(lambda: A)]))",
    "\n    with A(f), self.x: ",
    "TemplateResponse(f, *x, 404)",
];

/// Writes a file, and runs everything on it.
fn survives(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.py");
    std::fs::write(&path, bytes).unwrap();
    let project = fastapi_status_python::Project::new([folder.path()]);
    project
        .scan(|_, uses| {
            for found in uses.unwrap_or_default() {
                let _ = (found.rust(), found.problem(), found.replacement());
            }
            Ok(())
        })
        .unwrap();
    project.routes(|_, _| Ok(()), || {}).unwrap();
    project.fix(true, |file, fixed| fixed.map_or(Ok(()), |fixed| fixed.write(&file.path))).unwrap();
    let after = std::fs::read(&path).unwrap();
    project
        .fix(true, |_, fixed| {
            if let Ok(fixed) = fixed {
                assert_eq!(fixed.after, None, "a second run changes nothing: {:?}", String::from_utf8_lossy(&after));
            }
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        survives(&bytes);
        survives(&[b"from fastapi import status\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn pieces_of_services(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        survives(pieces.concat().as_bytes());
        survives(format!("from fastapi import status, HTTPException\n{}\n", pieces.join(" ")).as_bytes());
    }
}

#[test]
fn depth_is_bounded() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("f(", ")"), ("not ", ""), ("-", ""), ("x.", ""), ("lambda: ", ""), ("1+", "")]
    {
        for many in [1_000, 100_000] {
            let text = format!("from fastapi import status\nx = {}x{}\n", open.repeat(many), close.repeat(many));
            survives(text.as_bytes());
        }
    }
}

#[test]
fn code_that_is_run_ends() {
    let mut text = "from fastapi import APIRouter, FastAPI\napp = FastAPI()\nL = list(range(9)) or [1, 2, 3]\n\
        class A:\n    def __init__(self):\n        self.router = APIRouter()\n        self.x = []\n        self.m0()\n"
        .to_owned();
    for n in 0..24 {
        let next = n + 1;
        text += &format!("    def m{n}(self):\n        self.x = [self.x, self.x]\n        self.y = self.x + self.x\n");
        text += &format!("        if unknown:\n            self.m{next}()\n        self.m{next}()\n");
    }
    text += "    def m24(self):\n        self.router.add_api_route('/x', self.m0)\n";
    text +=
        "def f(x, y):\n    f(y, x)\n    for a in M:\n        for b in M:\n            for c in M:\n                ";
    text += "app.include_router(x)\n                g(x, f)\ndef g(x, f):\n    f(x, f)\n    app.add_api_route(P, x)\n";
    text += &format!("P = 'ab'\nM = [{}]\nfor i in M:\n    P = P + P\n    M = [M, M]\n", "1, ".repeat(200));
    text += "    app.include_router(A().router, prefix=f'{P}{P}')\nf(A().router, APIRouter())\n";
    survives(text.as_bytes());
    // What has to be run is read a second time.
    let nested = format!("{}1{}", "(".repeat(2_500), ")".repeat(2_500));
    survives(
        format!("from fastapi import APIRouter\ndef f(x):\n    x.include_router(APIRouter())\nf({nested})\n")
            .as_bytes(),
    );
}

#[test]
fn methods_that_many_classes_have_end() {
    let mut text = "from fastapi import Depends, FastAPI\napp = FastAPI()\nclass A(A): pass\nclass A(A):\n".to_owned();
    text += "    def __init__(self, x):\n        self.x = self.y = self.x or self.y or x.y.x\n";
    text += "    @property\n    def p(self):\n        return self.p.p or self.x.p\nclass B(A):\n";
    for n in 0..60 {
        text += &format!("    def m{n}(self):\n        self.m{}()\n        self{}.m1()\n", n + 1, ".p.x.y".repeat(50));
        text +=
            &format!("        if n:\n            x = self.x\n            self.x = x.m{n}()\n        super().m{n}()\n");
    }
    for n in 0..60 {
        text +=
            &format!("class C{n}(B): pass\n@app.get('/{n}')\ndef f{n}(c: C{n} = Depends()):\n    C{n}(B(A)).m0()\n");
    }
    survives(text.as_bytes());
}

#[test]
fn what_a_function_returns_again_and_again_ends() {
    let mut text = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef f(x):\n    e0 = g()\n".to_owned();
    for n in 1..20_000 {
        text += &format!("    if x == {n}: r = g{n}()\n    e{n} = e{}\n    return r\n", n - 1);
    }
    text += "    return e19999\n@app.get('/raised')\ndef h():\n    raise f(1)\n";
    survives(text.as_bytes());
}

#[test]
fn what_each_class_hands_on_twice_ends() {
    let mut text =
        "from fastapi import APIRouter, FastAPI, HTTPException\napp = FastAPI()\nclass A0(APIRouter): pass\n\
        class C0(HTTPException): pass\n"
            .to_owned();
    for n in 1..60 {
        let below = n - 1;
        text += &format!(
            "class A{n}(A{below}):\n    def __init__(self, prefix=''):\n        super().__init__(prefix=prefix + prefix)\n"
        );
        text += &format!("class C{n}(C{below}):\n    def __init__(self, c=404, d=''):\n        ");
        text += "super().__init__(c if x else c, d + d)\n";
    }
    text += "@app.get('/')\ndef f():\n    raise C59\nrouter = A59(prefix='/a')\n@router.get('/')\ndef g(): pass\n";
    text += "app.include_router(router)\n";
    survives(text.as_bytes());
}

#[test]
fn what_is_handed_on_in_circles_ends() {
    let mut text = "from fastapi import Depends, FastAPI, HTTPException\napp = FastAPI()\n".to_owned();
    for n in 0..2_000 {
        let (next, other) = ((n + 1) % 2_000, (n + 7) % 2_000);
        text += &format!(
            "@d{next}\n@d{n}\ndef d{n}(f, x=Depends(v{other})):\n    @d{other}\n    def g(): f(d{next}, v{n})\n"
        );
        text += &format!("    f(lambda: d{next}(d{n}))\n    return g\nv{n} = v{next}(d{other}, v{n})\n");
    }
    text += "@app.get('/')\n@d0\ndef h(x=Depends(v0)): v1(d1)\n";
    survives(text.as_bytes());
}
