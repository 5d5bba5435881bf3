package com.acme.events;

import java.util.ArrayList;
import java.util.List;

public final class Dispatcher {
    public interface Listener {
        void on(String event);
    }

    private final List<Listener> listeners = new ArrayList<>();

    public void add(Listener listener) {
        listeners.add(listener);
    }

    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    public void dispatch(String event) {
        for (Listener listener : listeners) {
            listener.on(event);
        }
    }
}
