package org.aiis.report.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;

/** What surrounded two runs: suite, profile, statements, system, libraries, options, driver, machine. */
final class Surroundings {
    private final List<Fact> facts = new ArrayList<>();

    private Surroundings() {}

    static List<Fact> between(Bundle before, Bundle now) {
        Surroundings all = new Surroundings();
        Sut then = before.evidence().described().sut();
        Sut here = now.evidence().described().sut();
        all.one("system", "name", then.name(), here.name());
        all.one("system", "version", then.version(), here.version());
        all.one("system", "vendor", then.vendor(), here.vendor());
        all.one("system", "provider", then.provider(), here.provider());
        all.one("system", "backend", then.backend(), here.backend());
        all.each("library", then.libraries(), here.libraries());
        all.each("property", then.properties(), here.properties());
        all.each(
                "machine",
                before.evidence().described().environment(),
                now.evidence().described().environment());
        all.run(before.evidence().begin(), now.evidence().begin());
        all.each("suite", before.manifest().digests(), now.manifest().digests());
        all.each(
                "profile",
                flat(before.inputs().profile(), Layout.PROFILE),
                flat(now.inputs().profile(), Layout.PROFILE));
        all.each(
                "statement",
                flat(before.inputs().ics(), Layout.ICS),
                flat(now.inputs().ics(), Layout.ICS));
        all.each(
                "waivers",
                flat(before.inputs().waivers(), "waiver"),
                flat(now.inputs().waivers(), "waiver"));
        return all.facts;
    }

    private void run(Entry.Begin then, Entry.Begin here) {
        one("suite", "version", then.suite(), here.suite());
        one("run", "profile", then.profile(), here.profile());
        one("run", "grade", then.grade().word(), here.grade().word());
        one("run", "seed", Long.toString(then.seed()), Long.toString(here.seed()));
        one("run", "selection", String.join(" ", then.select()), String.join(" ", here.select()));
        one("run", "shard", said(then), said(here));
    }

    private static String said(Entry.Begin begin) {
        return begin.shard().map(Object::toString).orElse("");
    }

    private void each(String about, SortedMap<String, String> then, SortedMap<String, String> here) {
        Set<String> names = new TreeSet<>(then.keySet());
        names.addAll(here.keySet());
        names.forEach(name -> one(about, name, then.getOrDefault(name, ""), here.getOrDefault(name, "")));
    }

    private void one(String about, String name, String then, String here) {
        if (!then.equals(here)) {
            facts.add(new Fact(about, name, then, here));
        }
    }

    /** Scalars by their path; elements of lists by what they say, since their order says nothing. */
    private static SortedMap<String, String> flat(Object value, String origin) {
        SortedMap<String, String> flat = new TreeMap<>();
        walk(origin.replace(".yaml", ""), Codec.tree(Codec.canonical(value), origin), flat);
        return flat;
    }

    private static void walk(String path, JsonNode node, SortedMap<String, String> flat) {
        if (node.isObject()) {
            node.properties().forEach(e -> walk(path + "." + e.getKey(), e.getValue(), flat));
        } else if (node.isArray()) {
            node.forEach(
                    element -> flat.put(path + " " + (element.isValueNode() ? element.asText() : element), "listed"));
        } else {
            flat.put(path, node.asText());
        }
    }
}
