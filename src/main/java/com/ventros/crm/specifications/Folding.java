package com.ventros.crm.specifications;

/**
 * Text without the difference between capitals and small letters, and between letters with and without accents. One
 * table says it for Java and for PostgreSQL, whose own ideas of a small letter are not the same.
 */
public final class Folding {

    /** Letters of Latin-1 in both sizes, in the order of {@link #TO}. The column {@code contact.sort_name} has them too. */
    public static final String FROM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            + "ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿ";
    public static final String TO = "abcdefghijklmnopqrstuvwxyz"
            + "aaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyy";

    private Folding() {}

    public static String fold(String text) {
        var folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int at = FROM.indexOf(text.charAt(i));
            folded.append(at < 0 ? text.charAt(i) : TO.charAt(at));
        }
        return folded.toString();
    }

    /** A pattern of SQL's {@code like} for what holds this text, which is folded already. */
    public static String within(String folded) {
        return "%" + literal(folded) + "%";
    }

    /** The text as it stands in a pattern of SQL's {@code like}, where some signs would stand for others. */
    public static String literal(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
