use std::collections::HashMap;
use std::sync::Mutex;

#[derive(Default)]
pub struct Registry {
    entries: Mutex<HashMap<String, u32>>,
}

impl Registry {
    /// Changes an entry; `change` runs under the lock.
    pub fn update(&self, name: &str, change: impl FnOnce(u32) -> u32) {
        let mut entries = self.entries.lock().unwrap();
        let entry = entries.entry(name.to_string()).or_insert(0);
        *entry = change(*entry);
    }

    pub fn get(&self, name: &str) -> u32 {
        self.entries.lock().unwrap().get(name).copied().unwrap_or(0)
    }
}
