package org.aiis.conformance.catalogue.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.StandardReader;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    private static final Home HOME = Home.find();

    /** The catalogue draws most forms with one type only; the search of the qualification draws each with all of its types. */
    @Test
    void eachFormIsDrawnInEachOfItsTypes() {
        Templates templates = new Templates(Schemas.read(HOME.root()));
        List<String> failed = new ArrayList<>();
        int drawn = 0;
        for (OperatorRow row : StandardReader.bundled().operators().values()) {
            for (Templates.Template template : templates.of(row)) {
                drawn++;
                try {
                    template.by("a word");
                } catch (RuntimeException e) {
                    failed.add(row.operator() + " " + template.name() + " of " + template.type() + ": " + e);
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(drawn).isGreaterThan(10_000);
    }
}
