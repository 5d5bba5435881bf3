use crate::fill::fill;
use std::collections::HashMap;

pub fn page(title: &str, values: &HashMap<&str, &str>) -> String {
    let template = format!("# {title}");
    fill(&template, values)
}
