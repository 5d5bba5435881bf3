use pages::{pages, report::check};

#[test]
fn full_pages() {
    assert_eq!(pages(40, 20), 2);
    assert_eq!(check(7, 40, 20), Ok(40));
}
