package dev.hookswitch.common.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of input and expectation in {@code src/test/resources/json-stability}; each file's head explains its signs. */
final class CaseFile {

    private static final Pattern LINE = Pattern.compile("(?<input>.*?) =(?<number>\\d*)> (?<expected>.*)");
    private static final Pattern ESCAPE = Pattern.compile("<U\\+([0-9A-F]{4})>|<x([0-9A-F]{2}|[0-9a-f]{2})>");

    /**
     * One line of a table.
     *
     * @param number what stands within the arrow, 0 when nothing does
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Case(String section, String line, byte[] input, int number, byte[] expected) {
        String expectedText() {
            return new String(expected, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return section + ": " + line;
        }
    }

    private CaseFile() {}

    static List<Case> read(String name) {
        List<Case> cases = new ArrayList<>();
        String section = "";
        for (String line : text(name).lines().toList()) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (!line.isEmpty() && !line.startsWith("# ")) {
                cases.add(parse(section, line));
            }
        }
        return cases;
    }

    static String text(String name) {
        try (InputStream in = CaseFile.class.getResourceAsStream("/json-stability/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case parse(String section, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a line must be: input => expected; was: " + line);
        }
        String number = parts.group("number");
        return new Case(
                section,
                line,
                bytes(parts.group("input")),
                number.isEmpty() ? 0 : Integer.parseInt(number),
                bytes(parts.group("expected")));
    }

    private static byte[] bytes(String written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        Matcher escape = ESCAPE.matcher(written);
        int from = 0;
        while (escape.find()) {
            text.append(written, from, escape.start());
            from = escape.end();
            if (escape.group(1) != null) {
                text.append((char) Integer.parseInt(escape.group(1), 16));
            } else {
                bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
                bytes.write(Integer.parseInt(escape.group(2), 16));
            }
        }
        text.append(written, from, written.length());
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
