package org.aiis.spec.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;

/**
 * Reads one chapter: front matter, numbered headings, requirement lines, templates and the operator table. Anything that
 * looks like one of these and is not well formed is an error, so that no requirement is lost to a typing slip.
 */
final class ChapterParser {
    static final Set<String> FACETS = Set.of("VALUES", "TYPES", "SHAPES", "SPECIAL", "REJECT");

    private static final Pattern HEADING = Pattern.compile("#+ (\\d+(?:\\.\\d+)*) .+");
    private static final Pattern REQUIREMENT = Pattern.compile("- \\*\\*([^*]+)\\*\\* (shall|should|may): (.+)");
    private static final Pattern UNTESTED = Pattern.compile("(.+) \\[untested: (.+)]");
    private static final Pattern ID = Pattern.compile("[A-Z]+(-[A-Za-z0-9]+)+");
    private static final String TABLE = "| operator | opsets | types | full | relaxed | shapes | special | reject |";
    /** A line above a table whose operators are of another domain than the default one. */
    private static final String DOMAIN = "Domain: ";

    private static final Map<String, List<ElementType>> GROUPS = groups();

    private final String file;
    private final List<String> lines;
    private final Map<String, String> front = new LinkedHashMap<>();
    private final List<Requirement> plain = new ArrayList<>();
    private final List<Requirement> templates = new ArrayList<>();
    private final Map<String, OperatorRow> rows = new LinkedHashMap<>();

    private ChapterParser(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    /** A chapter as read: its class, empty for the introduction, and the operator rows it holds. */
    record Chapter(Optional<ConformanceClass> conformanceClass, Map<String, OperatorRow> operators) {}

    static Chapter parse(String file, String text) {
        return new ChapterParser(file, text).parse();
    }

    private Chapter parse() {
        int body = frontMatter();
        String clause = "";
        String domain = "";
        boolean inTable = false;
        for (int i = body; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                clause = heading.group(1);
                domain = "";
            } else if (line.startsWith(DOMAIN)) {
                domain = line.substring(DOMAIN.length()).strip();
            } else if (line.startsWith("- **")) {
                requirement(line, i + 1, clause);
            } else if (line.equals(TABLE)) {
                inTable = true;
                i++;
                continue;
            }
            if (inTable && line.startsWith("| ")) {
                OperatorRow row = row(domain, line, i + 1);
                if (rows.put(row.operator(), row) != null) {
                    throw InputException.at(file, i + 1, "each operator once", row.operator() + " again");
                }
            } else {
                inTable = false;
            }
        }
        String id = member("class");
        if (id.equals("none")) {
            if (!plain.isEmpty()) {
                throw InputException.at(
                        file,
                        1,
                        "no requirement in a chapter without a class",
                        plain.get(0).id());
            }
            return new Chapter(Optional.empty(), Map.of());
        }
        List<String> depends = member("depends")
                .replaceAll("[\\[\\] ]", "")
                .transform(s -> s.isEmpty() ? List.of() : List.of(s.split(",")));
        List<Requirement> all = new ArrayList<>(plain);
        rows.values().forEach(row -> templates.stream()
                .filter(t -> row.facets().contains(facet(t)))
                .map(t -> expand(t, row))
                .forEach(all::add));
        return new Chapter(Optional.of(new ConformanceClass(id, member("title"), depends, all)), rows);
    }

    private int frontMatter() {
        if (lines.isEmpty() || !lines.get(0).equals("---")) {
            throw InputException.at(file, 1, "front matter that begins with ---", "something else");
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals("---")) {
                return i + 1;
            }
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw InputException.at(file, i + 1, "name: value", line);
            }
            front.put(line.substring(0, colon), line.substring(colon + 2).strip());
        }
        throw InputException.at(file, 1, "front matter that ends with ---", "the end of the file");
    }

    private String member(String name) {
        String value = front.get(name);
        if (value == null) {
            throw InputException.at(file, 1, "member '" + name + "' in the front matter", "none");
        }
        return value;
    }

    private void requirement(String line, int number, String clause) {
        Matcher m = REQUIREMENT.matcher(line);
        if (!m.matches()) {
            throw InputException.at(file, number, "- **ID** shall|should|may: sentence.", line);
        }
        String id = m.group(1);
        String text = m.group(3).strip();
        Matcher untested = UNTESTED.matcher(text);
        Optional<String> why = Optional.empty();
        if (untested.matches()) {
            why = Optional.of(untested.group(2));
            text = untested.group(1).strip();
        }
        boolean template = id.contains("{operator}");
        if (!ID.matcher(id.replace("{operator}", "X")).matches()) {
            throw InputException.at(file, number, "an id such as EXCH-INPUT-NAMES", id);
        }
        if (!text.matches("(?s).*\\b" + m.group(2) + "\\b.*")) {
            throw InputException.at(file, number, "a sentence with the verb '" + m.group(2) + "'", text);
        }
        Level level = Level.valueOf(m.group(2).toUpperCase(java.util.Locale.ROOT));
        Requirement requirement =
                new Requirement(id, level, text, member("class"), clause, file + ":" + number, Optional.empty(), why);
        (template ? templates : plain).add(requirement);
        if (template && !FACETS.contains(facet(requirement))) {
            throw InputException.at(file, number, "a template that ends in one of " + FACETS, id);
        }
    }

    private static String facet(Requirement template) {
        return template.id().substring(template.id().lastIndexOf('-') + 1);
    }

    private static Requirement expand(Requirement template, OperatorRow row) {
        return new Requirement(
                template.id().replace("{operator}", row.operator()),
                template.level(),
                template.text().replace("{operator}", row.operator()),
                template.conformanceClass(),
                template.clause(),
                row.source(),
                Optional.of(row.operator()),
                template.untested());
    }

    private OperatorRow row(String domain, String line, int number) {
        String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
        if (cells.length != 8) {
            throw InputException.at(file, number, "8 cells", cells.length + " cells");
        }
        Set<ElementType> types = new TreeSet<>();
        for (String word : cells[2].strip().split(" +")) {
            types.addAll(GROUPS.containsKey(word) ? GROUPS.get(word) : List.of(ElementType.of(word)));
        }
        Set<String> facets = new TreeSet<>(Set.of("VALUES", "TYPES"));
        List.of("SHAPES", "SPECIAL", "REJECT").forEach(facet -> {
            int column = 5 + List.of("SHAPES", "SPECIAL", "REJECT").indexOf(facet);
            if (!cells[column].strip().equals("–")) {
                facets.add(facet);
            }
        });
        try {
            return new OperatorRow(
                    domain,
                    cells[0].strip(),
                    java.util.Arrays.stream(cells[1].strip().split(" +"))
                            .map(Integer::valueOf)
                            .sorted()
                            .toList(),
                    types,
                    Tolerance.parse(cells[3].strip()),
                    Tolerance.parse(cells[4].strip()),
                    facets,
                    file + ":" + number);
        } catch (NumberFormatException e) {
            throw InputException.at(file, number, "opset versions such as '13 18'", cells[1].strip());
        }
    }

    private static Map<String, List<ElementType>> groups() {
        List<ElementType> floats =
                List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);
        List<ElementType> integers = List.of(
                ElementType.INT8,
                ElementType.UINT8,
                ElementType.INT16,
                ElementType.INT32,
                ElementType.INT64,
                ElementType.UINT16,
                ElementType.UINT32,
                ElementType.UINT64);
        List<ElementType> numeric = new ArrayList<>(floats);
        numeric.addAll(integers);
        List<ElementType> any = new ArrayList<>(numeric);
        any.add(ElementType.BOOL);
        any.add(ElementType.STRING);
        List<ElementType> narrow = List.of(
                ElementType.FLOAT8E4M3FN,
                ElementType.FLOAT8E4M3FNUZ,
                ElementType.FLOAT8E5M2,
                ElementType.FLOAT8E5M2FNUZ,
                ElementType.FLOAT8E8M0,
                ElementType.FLOAT4E2M1,
                ElementType.INT4,
                ElementType.UINT4,
                ElementType.INT2,
                ElementType.UINT2);
        return Map.of(
                "float", floats,
                "integer", integers,
                "numeric", numeric,
                "any", any,
                "float8", narrow.subList(0, 4),
                "narrow", narrow);
    }
}
