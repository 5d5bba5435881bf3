use bus::Bus;

#[test]
fn every_listener_hears() {
    let bus = Bus::default();
    bus.subscribe(|_, event| assert_eq!(event, "go"));
    bus.subscribe(|_, _| {});
    assert_eq!(bus.emit("go"), 2);
}
