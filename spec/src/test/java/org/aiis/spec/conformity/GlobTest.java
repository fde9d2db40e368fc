package org.aiis.spec.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "OP-Add-VALUES, OP-Add-VALUES, true",
        "OP-Add-VALUES, OP-Add-VALUES/x, false",
        "OP-*-VALUES, OP-Add-VALUES, true",
        "OP-*-VALUES, OP--VALUES, true",
        "OP-*-VALUES, OP-VALUES, false",
        "*a*b, xaxb, true",
        "*a*b, xbxa, false",
        "ab*ba, aba, false",
        "*ab*ab, ab, false",
        "a.c, abc, false",
        "*, anything, true"
    })
    void aStarStandsForAnyRunOfCharactersAndNothingElseIsSpecial(String glob, String text, boolean matches) {
        assertThat(Glob.matches(glob, text)).isEqualTo(matches);
    }
}
