//! The programs that are built: the hello-worlds, one that uses core, and those that read many types.

use std::fmt::Write;
use std::iter;
use std::path::Path;

/// A hello-world.
pub(super) struct Hello {
    pub(super) framework: &'static str,
    dependencies: &'static str,
    bare: &'static str,
    /// The adapter's folder.
    adapter: &'static str,
    /// What is used of it.
    choices: &'static [Choice],
    /// The same answers without it, with no phrases.
    by_hand: &'static [ByHand],
}

/// A program with the adapter.
struct Choice {
    /// What is chosen, in words.
    what: &'static str,
    /// The same in Cargo's.
    features: &'static str,
    code: &'static str,
}

/// A program without it.
struct ByHand {
    what: &'static str,
    dependencies: &'static str,
    code: &'static str,
}

/// A program that is built.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) what: &'static str,
    pub(super) dependencies: String,
    pub(super) code: String,
}

impl Hello {
    /// Its programs: first the one without the adapter, then those with it, then those by hand.
    pub(super) fn programs(&self, root: &Path) -> Vec<Program> {
        let Self { framework, dependencies, bare, adapter, choices, by_hand } = self;
        let program = |what, others: &str, code: &'static str| {
            let name = format!("{framework} {what}").replace([' ', ','], "-");
            Program { name, what, dependencies: format!("{dependencies}{others}"), code: code.to_owned() }
        };
        let with = choices.iter().map(|Choice { what, features, code }| {
            let path = root.join("adapters").join(adapter).display().to_string();
            let adapter = format!("fastapi-status-{adapter} = {{ path = {path:?}, {features} }}\n");
            program(what, &adapter, code)
        });
        let bare = program("bare", "", bare);
        let by_hand = by_hand.iter().map(|ByHand { what, dependencies, code }| program(what, dependencies, code));
        iter::once(bare).chain(with).chain(by_hand).collect()
    }

    /// How many of them have the adapter.
    pub(super) fn choices(&self) -> usize {
        self.choices.len()
    }
}

pub(super) const HELLOS: &[Hello] = &[
    Hello {
        framework: "axum",
        dependencies: "axum = \"0.8\"\ntokio = { version = \"1\", features = [\"net\", \"rt-multi-thread\"] }\n",
        adapter: "axum",
        choices: &[
            Choice { what: "by default", features: "default-features = true", code: include_str!("hello/axum.rs") },
            Choice {
                what: "no extract, no json_detail",
                features: "default-features = false, features = [\"router\"]",
                code: include_str!("hello/axum.rs"),
            },
            Choice {
                what: "names and exceptions alone",
                features: "default-features = false",
                code: include_str!("hello/axum_alone.rs"),
            },
        ],
        bare: include_str!("hello/axum_bare.rs"),
        by_hand: &[
            ByHand {
                what: "the same answers by hand, for its path",
                dependencies: "tower-http = { version = \"0.7\", features = [\"catch-panic\"] }\n",
                code: include_str!("hello/axum_by_hand.rs"),
            },
            ByHand {
                what: "the same answers by hand, for any paths",
                dependencies: "tower-http = { version = \"0.7\", features = [\"catch-panic\"] }\ntower-service = \"0.3\"\n",
                code: concat!(include_str!("hello/axum_by_hand_any.rs"), include_str!("hello/axum_text.rs")),
            },
            ByHand {
                what: "the same answers by hand, for any paths and details",
                dependencies: "serde_json = { version = \"1\", features = [\"preserve_order\"] }\n\
                    tower-http = { version = \"0.7\", features = [\"catch-panic\"] }\ntower-service = \"0.3\"\n",
                code: concat!(include_str!("hello/axum_by_hand_any.rs"), include_str!("hello/axum_json.rs")),
            },
        ],
    },
    Hello {
        framework: "actix-web",
        dependencies: "actix-web = { version = \"4\", default-features = false, features = [\"macros\"] }\n",
        adapter: "actix",
        choices: &[
            Choice { what: "by default", features: "default-features = true", code: include_str!("hello/actix.rs") },
            Choice {
                what: "no extract, no json_detail",
                features: "default-features = false",
                code: include_str!("hello/actix.rs"),
            },
            Choice {
                what: "names and exceptions alone",
                features: "default-features = false",
                code: include_str!("hello/actix_alone.rs"),
            },
        ],
        bare: include_str!("hello/actix_bare.rs"),
        by_hand: &[
            ByHand {
                what: "the same answers by hand, for its path",
                dependencies: "futures-util = { version = \"0.3\", default-features = false, features = [\"std\"] }\n",
                code: include_str!("hello/actix_by_hand.rs"),
            },
            ByHand {
                what: "the same answers by hand, for any paths",
                dependencies: "actix-service = \"2\"\n\
                    futures-util = { version = \"0.3\", default-features = false, features = [\"std\"] }\n",
                code: concat!(include_str!("hello/actix_by_hand_any.rs"), include_str!("hello/actix_text.rs")),
            },
            ByHand {
                what: "the same answers by hand, for any paths and details",
                dependencies: "actix-service = \"2\"\n\
                    futures-util = { version = \"0.3\", default-features = false, features = [\"std\"] }\n\
                    serde_json = { version = \"1\", features = [\"preserve_order\"] }\n",
                code: concat!(include_str!("hello/actix_by_hand_any.rs"), include_str!("hello/actix_json.rs")),
            },
        ],
    },
    Hello {
        framework: "hyper",
        dependencies: "bytes = \"1\"\nhttp-body-util = \"0.1\"\nhyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
            hyper-util = { version = \"0.1\", features = [\"tokio\"] }\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        adapter: "hyper",
        choices: &[Choice {
            what: "by default",
            features: "default-features = true",
            code: include_str!("hello/hyper.rs"),
        }],
        bare: include_str!("hello/hyper_bare.rs"),
        by_hand: &[ByHand {
            what: "the same answers by hand",
            dependencies: "",
            code: include_str!("hello/hyper_by_hand.rs"),
        }],
    },
    Hello {
        framework: "hyper, reading JSON",
        dependencies: "bytes = \"1\"\nhttp-body-util = \"0.1\"\nhyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
            hyper-util = { version = \"0.1\", features = [\"tokio\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n\
            serde_json = \"1\"\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        adapter: "hyper",
        choices: &[Choice {
            what: "with extract",
            features: "features = [\"extract\"]",
            code: include_str!("hello/json.rs"),
        }],
        bare: include_str!("hello/json_bare.rs"),
        by_hand: &[ByHand {
            what: "the same answers by hand",
            dependencies: "",
            code: include_str!("hello/json_by_hand.rs"),
        }],
    },
];

/// The crates that show what core takes.
pub(super) fn core(root: &Path) -> [Program; 3] {
    let print = "fn main() { println!(\"{}\", fastapi_status::status::HTTP_404_NOT_FOUND); }";
    let core = root.join("core").display().to_string();
    let names = format!("fastapi-status = {{ path = {core:?}, default-features = false }}\n");
    let all = format!("fastapi-status = {{ path = {core:?} }}\n");
    let serde_json = "serde_json = { version = \"1\", default-features = false, features = [\"alloc\"] }\n";
    [("core-names", names, print), ("core-all", all, print), ("serde-json", serde_json.to_owned(), "fn main() {}")].map(
        |(name, dependencies, code)| Program { name: name.to_owned(), what: "", dependencies, code: code.to_owned() },
    )
}

/// Programs that read JSON into one type and into `1 + further`, in each way.
pub(super) fn types(root: &Path, further: usize) -> [[Program; 2]; 3] {
    let adapter = root.join("adapters/serde").display().to_string();
    let adapter = format!("fastapi-status-serde = {{ path = {adapter:?} }}\n");
    let ours = "fastapi_status_serde::from_json(Some(\"application/json\"), body)";
    let path_to_error = "serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body))";
    [
        ("ours", adapter.as_str(), ours),
        ("serde_json", "", "serde_json::from_slice(body)"),
        ("serde_path_to_error", "serde_path_to_error = \"0.1\"\n", path_to_error),
    ]
    .map(|(what, others, read)| {
        [1, 1 + further].map(|count| {
            let mut code = "#![allow(dead_code)]\nuse serde::Deserialize;\n".to_owned();
            let mut main = "let body: &[u8] = &std::env::args().next().unwrap_or_default().into_bytes();\n".to_owned();
            for place in 0..count {
                // None is like another: the compiler would make one function of what is the same for both.
                let fields = ["title: String", "quantity: u32", "price: f64", "gift: bool", "note: Option<String>"];
                let mut fields = fields.map(|field| format!("a{place}_{field}, "));
                let turn = place % fields.len();
                fields.rotate_left(turn);
                // Writing to a `String` never fails.
                let _ = write!(
                    code,
                    "#[derive(Deserialize)]
                    struct Order{place} {{ customer_{place}: String, lines_{place}: Vec<Line{place}> }}
                    #[derive(Deserialize)]
                    struct Line{place} {{ {}tags_{place}: Vec<String> }}\n",
                    fields.concat(),
                );
                let _ = write!(main, "let order: Result<Order{place}, _> = {read};\nstd::hint::black_box(&order);\n");
            }
            let _ = write!(code, "fn main() {{\n{main}}}\n");
            let dependencies =
                format!("serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n{others}");
            Program { name: format!("types-{what}-{count}"), what, dependencies, code }
        })
    })
}
