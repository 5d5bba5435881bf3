use std::collections::HashMap;
use template::page::page;

#[test]
fn a_title_is_filled() {
    assert_eq!(page("{project} docs", &HashMap::from([("project", "tea")])), "# tea docs");
}
