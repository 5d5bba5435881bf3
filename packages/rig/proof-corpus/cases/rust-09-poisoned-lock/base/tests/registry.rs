use registry::Registry;

#[test]
fn an_entry_begins_at_zero() {
    let registry = Registry::default();
    registry.update("a", |n| n + 2);
    assert_eq!((registry.get("a"), registry.get("b")), (2, 0));
}
