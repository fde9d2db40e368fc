package org.aiis.conformance.scheme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.standard.Level;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;

/** The profiles that ship with the suite, or one from a file; resolved and checked against the standard. */
public final class Profiles {
    private final Standard standard;
    private final Path folder;

    public Profiles(Standard standard, Home home) {
        this.standard = standard;
        this.folder = home.profiles();
    }

    /** All profiles of the folder, unresolved, sorted by label. */
    public List<Profile> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".yaml"))
                    .map(f -> Codec.file(f, Profile.class))
                    .sorted(Comparator.comparing(Profile::label))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A profile by label ("core@1.0", "core": the newest) or by file, with what it extends merged in.
     *
     * @throws InputException when there is none, or it does not fit the standard
     */
    public Profile resolve(String labelOrFile) {
        Profile profile = find(labelOrFile);
        Profile resolved = merge(profile, new LinkedHashSet<>(List.of(profile.label())));
        check(resolved);
        return resolved;
    }

    private Profile find(String labelOrFile) {
        if (labelOrFile.endsWith(".yaml") || labelOrFile.endsWith(".yml")) {
            return Codec.file(Path.of(labelOrFile), Profile.class);
        }
        List<Profile> all = all();
        return all.stream()
                .filter(p -> matches(p, labelOrFile))
                .max(Comparator.comparing(p -> SemVer.parse(p.version())))
                .orElseThrow(() -> InputException.of(
                        "unknown profile '" + labelOrFile + "'",
                        Nearest.hint(
                                labelOrFile,
                                all.stream().map(Profiles::shortLabel).toList())));
    }

    /** "core@1.0": what people write. */
    private static String shortLabel(Profile p) {
        return p.label().replaceFirst("(@\\d+\\.\\d+)\\..*", "$1");
    }

    private static boolean matches(Profile p, String label) {
        return p.profile().equals(label) || p.label().equals(label) || p.label().startsWith(label + ".");
    }

    private Profile merge(Profile child, Set<String> path) {
        Set<String> classes = new LinkedHashSet<>();
        List<Profile.Exclusion> exclude = new ArrayList<>();
        List<Profile.Mandatory> operators = new ArrayList<>();
        SortedMap<String, Double> limits = new TreeMap<>();
        for (String name : child.extend()) {
            Profile parent = find(name);
            if (!path.add(parent.label())) {
                throw InputException.of("profile " + parent.label() + " extends itself", "path: " + path);
            }
            Profile merged = merge(parent, path);
            classes.addAll(merged.classes());
            exclude.addAll(merged.exclude());
            operators.addAll(merged.operators());
            limits.putAll(merged.limits());
        }
        classes.addAll(child.classes());
        exclude.addAll(child.exclude());
        operators.addAll(child.operators());
        limits.putAll(child.limits());
        return new Profile(
                child.profile(),
                child.version(),
                child.status(),
                child.title(),
                List.of(),
                List.copyOf(classes),
                List.copyOf(new LinkedHashSet<>(exclude)),
                child.accuracy(),
                List.copyOf(new LinkedHashSet<>(operators)),
                limits);
    }

    private void check(Profile profile) {
        String label = profile.label();
        profile.classes().forEach(standard::conformanceClass);
        for (Profile.Exclusion e : profile.exclude()) {
            Requirement r = standard.requirement(e.requirement());
            if (!profile.classes().contains(r.conformanceClass())) {
                throw InputException.of(
                        "profile " + label + " excludes " + r.id() + " of class " + r.conformanceClass(),
                        "it does not select that class");
            }
        }
        for (Profile.Mandatory m : profile.operators()) {
            for (String operator : m.operators()) {
                OperatorRow row = standard.operator(operator);
                m.types().stream()
                        .filter(t -> !row.types().contains(t))
                        .findFirst()
                        .ifPresent(t -> {
                            throw InputException.of(
                                    "profile " + label + " asks for " + operator + " with " + t.label(),
                                    row.source() + " has no such type");
                        });
                m.opsets().stream()
                        .filter(o -> !row.opsets().contains(o))
                        .findFirst()
                        .ifPresent(o -> {
                            throw InputException.of(
                                    "profile " + label + " asks for " + operator + " at opset " + o,
                                    row.source() + " exercises " + row.opsets());
                        });
            }
        }
        if (profile.status() == Profile.Status.PUBLISHED) {
            selected(profile)
                    .filter(r -> r.level() == Level.SHALL && r.untested().isPresent())
                    .findFirst()
                    .ifPresent(r -> {
                        throw InputException.of(
                                "published profile " + label + " selects " + r.id() + ", which is untested: "
                                        + r.untested().orElse(""),
                                "a published profile excludes it and says why");
                    });
        }
    }

    /** The requirements of the profile's classes that it does not exclude. */
    public Stream<Requirement> selected(Profile profile) {
        return standard.requirements().stream()
                .filter(r -> profile.classes().contains(r.conformanceClass()))
                .filter(r -> !profile.excludes(r.id()));
    }
}
