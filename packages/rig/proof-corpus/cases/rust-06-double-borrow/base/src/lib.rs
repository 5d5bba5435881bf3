use std::cell::RefCell;
use std::rc::Rc;

type Listener = Rc<dyn Fn(&Bus, &str)>;

#[derive(Default)]
pub struct Bus {
    listeners: RefCell<Vec<Listener>>,
}

impl Bus {
    pub fn subscribe(&self, listener: impl Fn(&Bus, &str) + 'static) {
        self.listeners.borrow_mut().push(Rc::new(listener));
    }

    pub fn emit(&self, event: &str) -> usize {
        let listeners = self.listeners.borrow();
        for listener in listeners.iter() {
            listener(self, event);
        }
        listeners.len()
    }
}
