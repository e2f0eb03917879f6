//! What the shop starts with.

use std::collections::{BTreeMap, BTreeSet};

use crate::shop::State;
use crate::{Address, Author, Book, Genre, NewBook, NewOrder, Order, OrderLine, OrderState, User};

type Seed = (&'static str, Vec<Author>, f64, Genre, Option<i64>, Vec<&'static str>, i64);

impl State {
    pub(crate) fn seed() -> Self {
        Self {
            books: (1..).zip(seeds()).map(|(id, seed)| (id, book(id, seed))).collect(),
            withdrawn: BTreeSet::from([6]),
            banned: BTreeSet::from([7]),
            in_stocktaking: BTreeSet::from([8]),
            users: BTreeMap::from([
                ("ada-token".into(), User { name: "ada".into(), staff: false, credit: 100.0 }),
                ("bob-token".into(), User { name: "bob".into(), staff: false, credit: 5.0 }),
                ("eve-token".into(), User { name: "eve".into(), staff: true, credit: 0.0 }),
            ]),
            passwords: [("ada", "lovelace"), ("bob", "builder"), ("eve", "staff only")]
                .map(|(name, password)| (name.into(), password.into()))
                .into(),
            orders: BTreeMap::from([(1, shipped_order())]),
            jobs: BTreeMap::new(),
            covers: BTreeMap::new(),
            reviews: 0,
            gift_cards: 0,
            searches: BTreeMap::new(),
            sold_today: 0,
            pence_taken_today: 0,
        }
    }
}

fn seeds() -> [Seed; 8] {
    let [le_guin, woolf] = [author("Ursula K. Le Guin", Some(1929)), author("Virginia Woolf", Some(1882))];
    let soup_authors = vec![author("A. Ladle", None), author("B. Spoon", Some(1970))];
    let by = |name| vec![author(name, None)];
    [
        ("The Dispossessed", vec![le_guin], 12.5, Genre::Fiction, Some(387), vec!["utopia", "classic"], 5),
        ("The Waves", vec![woolf], 9.25, Genre::Fiction, Some(324), vec!["classic"], 2),
        ("On the Origin of Species", by("Charles Darwin"), 20.0, Genre::Science, Some(502), vec![], 1),
        ("Poems", by("Emily Dickinson"), 7.75, Genre::Poetry, None, vec!["classic"], 0),
        ("Poems", by("Bashō"), 8.0, Genre::Poetry, Some(96), vec!["haiku"], 3),
        ("Cooking for Geese", by("Anon."), 4.5, Genre::Cookery, Some(64), vec![], 4),
        ("The Forbidden Almanac", by("Anon."), 66.0, Genre::Science, Some(13), vec![], 1),
        ("Soups", soup_authors, 15.0, Genre::Cookery, Some(120), vec![], 9),
    ]
}

fn author(name: &str, born: Option<i64>) -> Author {
    Author { name: name.into(), born }
}

fn book(id: i64, (title, authors, price, genre, pages, tags, stock): Seed) -> Book {
    let tags = tags.into_iter().map(Into::into).collect();
    let new = NewBook { title: title.into(), authors, price, genre, pages, tags, signed: false };
    Book { new, id, stock, edition: 1 }
}

fn shipped_order() -> Order {
    let ship_to = Address { street: "1 Byron Row".into(), city: "London".into(), country: None };
    Order {
        new: NewOrder { lines: vec![OrderLine { book_id: 2, copies: 1 }], ship_to, gift: false, note: None },
        id: 1,
        customer: "ada".into(),
        total: 9.25,
        state: OrderState::Shipped,
    }
}
