package com.acme.daily;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

public final class Audit {
    public void check(List<Report> reports) {
        Set<String> names = new HashSet<>();
        for (Report report : reports) {
            if (!names.add(report.name())) {
                throw new IllegalStateException("2 reports for " + report.name());
            }
        }
    }
}
