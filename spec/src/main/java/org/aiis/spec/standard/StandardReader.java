package org.aiis.spec.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** Reads the standard out of its chapters, and refuses duplicate ids and classes that depend on nothing known. */
public final class StandardReader {
    /** The edition that the chapters in this jar are. */
    public static final String EDITION = "2026-draft";

    private static final List<String> CHAPTERS = List.of(
            "00-introduction.md",
            "01-preprocessing.md",
            "02-features.md",
            "03-exchange.md",
            "04-operators.md",
            "05-training.md",
            "06-evaluation.md",
            "07-deployment.md",
            "08-performance.md",
            "09-robustness.md",
            "10-evidence.md",
            "11-vectors.md",
            "12-sessions.md");

    private StandardReader() {}

    /** The standard that this jar carries. */
    public static Standard bundled() {
        return read(chapters());
    }

    /** The texts of the chapters by file name, in their order. */
    public static Map<String, String> chapters() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String chapter : CHAPTERS) {
            texts.put(chapter, resource("/org/aiis/spec/chapters/" + chapter));
        }
        return texts;
    }

    /** Text of a resource of this jar. */
    public static String resource(String path) {
        try (InputStream in = StandardReader.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reads chapters from file name to text, in their order. */
    public static Standard read(Map<String, String> chapters) {
        List<ConformanceClass> classes = new ArrayList<>();
        Map<String, OperatorRow> operators = new LinkedHashMap<>();
        StringBuilder all = new StringBuilder();
        chapters.forEach((file, text) -> {
            all.append(file).append('\n').append(text);
            ChapterParser.Chapter chapter = ChapterParser.parse(file, text);
            chapter.conformanceClass().ifPresent(classes::add);
            operators.putAll(chapter.operators());
        });
        Set<String> ids = new HashSet<>();
        Set<String> known =
                new HashSet<>(classes.stream().map(ConformanceClass::id).toList());
        for (ConformanceClass c : classes) {
            for (Requirement r : c.requirements()) {
                if (!ids.add(r.id())) {
                    throw InputException.of(r.source() + ": duplicate requirement id " + r.id(), "ids are used once");
                }
            }
            for (String dependency : c.depends()) {
                if (!known.contains(dependency)) {
                    throw InputException.of(
                            "conformance class " + c.id() + " depends on unknown class '" + dependency + "'", "");
                }
            }
        }
        String digest = Bytes.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
        return new Standard(EDITION, digest, classes, operators);
    }
}
