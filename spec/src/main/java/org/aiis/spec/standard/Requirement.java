package org.aiis.spec.standard;

import java.util.Optional;

/**
 * A requirement, as a chapter states it.
 *
 * @param id named, never numbered, never used again
 * @param conformanceClass id of the class whose chapter holds it
 * @param clause number of the heading it stands under, "3.1"
 * @param source file and line, "03-exchange.md:41"; for a template the row of the operator table
 * @param operator the operator, for a requirement expanded from a template
 * @param untested why no case proves it yet
 */
public record Requirement(
        String id,
        Level level,
        String text,
        String conformanceClass,
        String clause,
        String source,
        Optional<String> operator,
        Optional<String> untested) {}
