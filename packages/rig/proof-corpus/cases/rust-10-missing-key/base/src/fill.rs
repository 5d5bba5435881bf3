use std::collections::HashMap;

/// Replaces words such as {name} by values.
pub fn fill(template: &str, values: &HashMap<&str, &str>) -> String {
    template
        .split(' ')
        .map(|word| match word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => values[name].to_string(),
            None => word.to_string(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_a_name() {
        let values = HashMap::from([("name", "Ada")]);
        assert_eq!(fill("dear {name} !", &values), "dear Ada !");
    }
}
