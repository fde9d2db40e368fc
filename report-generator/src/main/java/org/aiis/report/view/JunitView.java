package org.aiis.report.view;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** JUnit XML: a suite a requirement, a test case a case; what is neither pass nor fail is skipped, with the reason. */
final class JunitView {
    private JunitView() {}

    static String render(Subject subject, Rejudge rejudge) {
        SortedMap<String, List<CaseRecord>> suites = suites(subject, rejudge);
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            newLine(xml);
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "AIIS " + subject.results().profile().id());
            totals(xml, List.copyOf(subject.evidence().cases().values()));
            for (var suite : suites.entrySet()) {
                newLine(xml);
                xml.writeStartElement("testsuite");
                attribute(xml, "name", suite.getKey());
                totals(xml, suite.getValue());
                for (CaseRecord done : suite.getValue()) {
                    testCase(xml, suite.getKey(), done);
                }
                newLine(xml);
                xml.writeEndElement();
            }
            newLine(xml);
            xml.writeEndElement();
            newLine(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write JUnit XML", e);
        }
        return out.toString();
    }

    /** The cases by the requirement that each proves first. */
    static SortedMap<String, List<CaseRecord>> suites(Subject subject, Rejudge rejudge) {
        SortedMap<String, List<CaseRecord>> suites = new TreeMap<>();
        subject.evidence().cases().values().forEach(c -> suites.computeIfAbsent(
                        first(rejudge, c.id()), r -> new ArrayList<>())
                .add(c));
        return suites;
    }

    private static String first(Rejudge rejudge, String id) {
        List<String> requirements = rejudge.requirements(id);
        return requirements.isEmpty() ? id : requirements.get(0);
    }

    private static void totals(XMLStreamWriter xml, List<CaseRecord> cases) throws XMLStreamException {
        attribute(xml, "tests", Integer.toString(cases.size()));
        attribute(xml, "failures", Long.toString(count(cases, Verdict.FAIL)));
        attribute(xml, "errors", Long.toString(count(cases, Verdict.ERROR)));
        attribute(
                xml,
                "skipped",
                Long.toString(count(cases, Verdict.INCONCLUSIVE) + count(cases, Verdict.NOT_APPLICABLE)));
        attribute(
                xml,
                "time",
                seconds(cases.stream().mapToLong(CaseRecord::micros).sum()));
    }

    private static long count(List<CaseRecord> cases, Verdict verdict) {
        return cases.stream().filter(c -> c.finding().verdict() == verdict).count();
    }

    private static void testCase(XMLStreamWriter xml, String requirement, CaseRecord done) throws XMLStreamException {
        Finding finding = done.finding();
        newLine(xml);
        xml.writeStartElement("testcase");
        attribute(xml, "name", done.id());
        attribute(xml, "classname", requirement);
        attribute(xml, "time", seconds(done.micros()));
        if (finding.verdict() != Verdict.PASS) {
            xml.writeStartElement(
                    switch (finding.verdict()) {
                        case FAIL -> "failure";
                        case ERROR -> "error";
                        default -> "skipped";
                    });
            attribute(xml, "message", finding.verdict() + ": " + finding.message());
            if (finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.ERROR) {
                attribute(xml, "type", finding.reason().orElse("wrong"));
                xml.writeCharacters(plain(done.seen()));
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, plain(value));
    }

    private static void newLine(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** XML 1.0 cannot say every character: those it cannot become U+FFFD. */
    private static String plain(String text) {
        return text.codePoints()
                .map(c ->
                        c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c > 0xFFFF
                                ? c
                                : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
