package com.ventros.crm.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTests {

    @ParameterizedTest
    @CsvSource({"nota fiscal.pdf,nota fiscal.pdf", "../../etc/passwd,_.._etc_passwd", "C:\\fotos\\a.png,C__fotos_a.png",
            ".htaccess,htaccess", "'   ',file", "ação.txt,ação.txt", "x\u202Efdp.exe,xfdp.exe", "a\u0007b.txt,ab.txt"})
    void aNameHasNoFoldersAndNothingThatCannotBeSeen(String chosen, String clean) {
        assertThat(FileName.clean(chosen)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"application/pdf,documento.pdf", "image/jpeg,documento.jpg", "text/csv,documento.csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,documento.xlsx", "x-of-ours/unheard,documento", "nonsense,documento"})
    void aFileWithoutANameIsCalledByItsType(String type, String name) {
        assertThat(FileName.of("documento", type)).isEqualTo(name);
    }

    @Test
    void aLongNameKeepsItsExtension() {
        assertThat(FileName.clean("ã".repeat(300) + ".pdf")).hasSize(120).endsWith("ã.pdf");
    }
}
