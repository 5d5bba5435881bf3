use modinfo::describe;

#[test]
fn shows_both_numbers() {
    assert_eq!(describe("dwm", "10.2"), "dwm 10.2");
}
