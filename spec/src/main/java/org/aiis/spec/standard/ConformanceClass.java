package org.aiis.spec.standard;

import java.util.List;

/** A chapter's requirements, and the classes it builds on. */
public record ConformanceClass(String id, String title, List<String> depends, List<Requirement> requirements) {
    public ConformanceClass {
        depends = List.copyOf(depends);
        requirements = List.copyOf(requirements);
    }
}
