package com.ventros.crm.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.csv.CsvFile.Encoding;
import com.ventros.crm.csv.CsvFile.Separator;
import com.ventros.crm.kernel.Refusal;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTests {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    Path folder;

    @Test
    void encodingAndSeparatorAreFoundOut() throws IOException {
        for (var encoding : List.of(StandardCharsets.UTF_8, WINDOWS)) {
            for (var separator : Separator.values()) {
                var text = "nome,telefone;e-mail\tcidade".replaceAll("[,;\t]", "" + separator.character) + "\r\nJoão,1;a@b.c\tSão Paulo"
                        .replaceAll("[,;\t]", "" + separator.character) + "\r\n";
                var file = look(text.getBytes(encoding));
                assertThat(file.encoding).isEqualTo(encoding == WINDOWS ? Encoding.WINDOWS_1252 : Encoding.UTF_8);
                assertThat(file.separator).isEqualTo(separator);
                assertThat(file.headers).containsExactly("nome", "telefone", "e-mail", "cidade");
                assertThat(rows(file)).containsExactly(List.of("João", "1", "a@b.c", "São Paulo"));
            }
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        var file = look("\uFEFF\"nome\",idade\nÉrica,1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(file.headers).containsExactly("nome", "idade");
        assertThat(rows(file)).containsExactly(List.of("Érica", "1"));
    }

    @Test
    void decimalCommasDoNotMakeColumns() throws IOException {
        var file = look("nome;valor\nAna;1,50\nBia;2,75\n".getBytes(StandardCharsets.UTF_8));
        assertThat(file.separator).isEqualTo(Separator.SEMICOLON);
        assertThat(rows(file)).containsExactly(List.of("Ana", "1,50"), List.of("Bia", "2,75"));
    }

    @Test
    void quotesHoldLinesSeparatorsAndQuotes() throws IOException {
        var file = look("nome,nota\nAna,\"linha 1\nlinha \"\"2\"\", fim\"\n\n , \n".getBytes(StandardCharsets.UTF_8));
        assertThat(rows(file)).as("rows of blanks are none").containsExactly(List.of("Ana", "linha 1\nlinha \"2\", fim"));
    }

    @Test
    void whatIsNoTextOrNotClosedIsRefused() {
        assertRefused("file_not_text", new byte[] {'P', 'K', 3, 4, 0, 0});
        assertRefused("file_malformed", ("a,b\n\"" + "x".repeat(30_000)).getBytes(StandardCharsets.UTF_8));
        assertRefused("file_columns_too_many", "x,".repeat(101).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> CsvFile.look(write("a,b".getBytes()), Optional.of("utf-7"), Optional.empty())).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> CsvFile.look(write("a,b".getBytes()), Optional.empty(), Optional.of("|"))).isInstanceOf(Refusal.class);
    }

    @Test
    void aQuoteThatIsNotClosedIsRefusedWithItsLine() throws IOException {
        var file = look("nome,nota\nAna,\"linha 1\nlinha 2\"\n\"Bia,x\nCaio,y\nDora,z\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> rows(file)).isInstanceOf(Refusal.class).hasMessageContaining("line 4")
                .extracting(one -> ((Refusal) one).code()).isEqualTo("file_malformed");
        assertRefused("file_malformed", "\"nome,nota\nAna,x\n".getBytes(StandardCharsets.UTF_8));
        assertRefused("file_malformed", "nome,nota\nAna,\"x\"\"".getBytes(StandardCharsets.UTF_8));
        assertThat(rows(look("nome,nota\nAna,\"x\"".getBytes(StandardCharsets.UTF_8)))).containsExactly(List.of("Ana", "x"));
    }

    @Test
    void theLineWithTheSeparatorIsNoHeader() throws IOException {
        for (var first : List.of("sep=;", "SEP=;", "\"sep=;\"", "\uFEFFsep=;")) {
            var file = look((first + "\r\nnome;valor,nota,fim\r\nAna;1,2,3\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(file.separator).as(first).isEqualTo(Separator.SEMICOLON);
            assertThat(file.headers).as(first).containsExactly("nome", "valor,nota,fim");
            assertThat(rows(file)).as(first).containsExactly(List.of("Ana", "1,2,3"));
        }
        assertThat(look("sep=\t\nnome\tnota\nAna\tx".getBytes()).headers).containsExactly("nome", "nota");
        assertThat(look("sep=,\nnome,nota\nAna,x".getBytes()).headers).containsExactly("nome", "nota");
        assertRefused("file_empty", "sep=;\n".getBytes());
        assertThatThrownBy(() -> look("sep=|\na|b".getBytes())).isInstanceOf(Refusal.class);
    }

    @Test
    void aListInACellHasNothingButTexts() {
        for (var cell : List.of("[\"a\",null]", "[\"a\",[\"b\"]]", "[\"a\",")) {
            assertThatThrownBy(() -> Cells.split("tags", cell)).as(cell).isInstanceOf(Refusal.class);
        }
        assertThat(Cells.split("tags", "[\"a|b\",\"c\"]")).containsExactly("a|b", "c");
        assertThat(Cells.split("tags", "[1,\"b\"]")).containsExactly("1", "b");
        assertThat(Cells.split("tags", "[a], b")).containsExactly("[a]", "b");
    }

    @Test
    void noValueIsAFormulaAndEachComesBackAsItWas() {
        var random = new Random(4711);
        var letters = "=+-@'\t\r\n＝＋－＠aé1 ,;|\"[]";
        for (int i = 0; i < 20_000; i++) {
            var value = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) value.append(letters.charAt(random.nextInt(letters.length())));
            var safe = Cells.safe(value.toString());
            if (!safe.isEmpty()) assertThat("=+-@\t\r\n＝＋－＠").doesNotContain(safe.substring(0, 1));
            var kept = value.toString().strip();
            assertThat(Cells.plain(Cells.safe(kept))).isEqualTo(kept);
            var several = List.of(kept.isEmpty() ? "a" : kept, "b");
            assertThat(Cells.split("tags", Cells.safe(Cells.join(several)))).isEqualTo(several);
        }
        assertThat(Cells.split("tags", "(11) 98888-7777; +55 11 3333-4444,a|b")).containsExactly("(11) 98888-7777", "+55 11 3333-4444", "a", "b");
    }

    private void assertRefused(String code, byte[] bytes) {
        assertThatThrownBy(() -> rows(look(bytes))).isInstanceOf(Refusal.class).extracting(one -> ((Refusal) one).code()).isEqualTo(code);
    }

    private CsvFile look(byte[] bytes) throws IOException {
        return CsvFile.look(write(bytes), Optional.empty(), Optional.empty());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "x", ".csv"), bytes);
    }

    private static List<List<String>> rows(CsvFile file) throws IOException {
        var rows = new ArrayList<List<String>>();
        file.read(rows::add);
        return rows;
    }
}
