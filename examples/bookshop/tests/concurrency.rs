//! Many ask the shop at once.

use std::thread;

use example_bookshop::{Address, NewOrder, OrderLine, Restock, Shop};

fn order_of_one(book_id: i64) -> NewOrder {
    let ship_to = Address { street: "2 Byron Row".into(), city: "London".into(), country: None };
    NewOrder { lines: vec![OrderLine { book_id, copies: 1 }], ship_to, gift: false, note: None }
}

#[test]
fn no_copy_is_sold_twice() {
    let shop = Shop::new();
    let ada = shop.current_user(Some("Bearer ada-token")).unwrap();
    let stock = shop.find_book(8).unwrap().stock;
    assert_eq!(stock, 9);

    // Of 32 customers at once, nine find a copy of the soups; but six of them is all that Ada's credit buys.
    let buyers: Vec<_> = (0..32)
        .map(|_| {
            let (shop, ada) = (shop.clone(), ada.clone());
            thread::spawn(move || shop.place_order(order_of_one(8), &ada).map(|order| order.id))
        })
        .collect();
    let mut sold = Vec::new();
    for buyer in buyers {
        match buyer.join().unwrap() {
            Ok(id) => sold.push(id),
            Err(error) => assert_eq!(error.status(), 402, "{error}"),
        }
    }

    sold.sort_unstable();
    assert_eq!(sold, [2, 3, 4, 5, 6, 7]);
    assert_eq!(shop.find_book(8).unwrap().stock, stock - 6);
    assert_eq!(shop.current_user(Some("Bearer ada-token")).unwrap().credit, 10.0);
}

#[test]
fn copies_come_once() {
    let shop = Shop::new();
    let job = shop.restock(4, &Restock { copies: 5, supplier: "Quick Press".into(), express: false }).unwrap();

    let readers: Vec<_> = (0..32)
        .map(|_| {
            let shop = shop.clone();
            thread::spawn(move || shop.read_job(job.id).is_ok())
        })
        .collect();
    let under_way = readers.into_iter().map(|reader| reader.join().unwrap()).filter(|is| *is).count();

    assert_eq!(under_way, 1);
    assert_eq!(shop.find_book(4).unwrap().stock, 5);
}

#[test]
fn a_crash_leaves_the_shop_open() {
    let shop = Shop::new();
    let report = shop.clone();

    let crash = thread::spawn(move || report.report(example_bookshop::ReportKind::Takings).is_ok()).join();

    assert!(crash.is_err());
    assert_eq!(shop.welcome().books, 8);
}
