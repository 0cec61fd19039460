package io.earlybird.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * What a Markdown file refers to.
 *
 * @param links targets of links and images, those in HTML included
 * @param anchors of its headings, as GitHub makes them
 * @param commands lines of its code blocks that start {@code submit/earlybird}, continued lines
 *     joined, without comments
 */
public record MarkdownFile(List<String> links, List<String> anchors, List<String> commands) {
  private static final Pattern IN_HTML = Pattern.compile("(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern COMMAND = Pattern.compile("(?:[A-Z_]+=\\S+ )*(submit/earlybird .*)");
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

  public MarkdownFile {
    links = List.copyOf(links);
    anchors = List.copyOf(anchors);
    commands = List.copyOf(commands);
  }

  /** Reads a file. */
  public static MarkdownFile read(Path file) {
    try {
      Finder finder = new Finder();
      Parser.builder().build().parse(Files.readString(file)).accept(finder);
      return new MarkdownFile(finder.links, finder.anchors, finder.commands);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments of a command, as a shell splits them; an ellipsis is none. */
  public static String[] arguments(String command) {
    return WORD.matcher(command)
        .results()
        .skip(1)
        .map(word -> word.group().replaceAll("^([\"'])(.*)\\1$", "$2"))
        .filter(word -> !word.equals("..."))
        .toArray(String[]::new);
  }

  private static final class Finder extends AbstractVisitor {
    private final List<String> links = new ArrayList<>();
    private final List<String> anchors = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
      super.visit(link);
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
      super.visit(image);
    }

    @Override
    public void visit(HtmlBlock html) {
      inHtml(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
      inHtml(html.getLiteral());
    }

    private void inHtml(String html) {
      IN_HTML.matcher(html).results().forEach(match -> links.add(match.group(1)));
    }

    @Override
    public void visit(Heading heading) {
      StringBuilder text = new StringBuilder();
      heading.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text part) {
              text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
              text.append(part.getLiteral());
            }
          });
      String slug =
          text.toString()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
      super.visit(heading);
    }

    @Override
    public void visit(FencedCodeBlock block) {
      block
          .getLiteral()
          .replaceAll("\\\\\n\\s*", " ")
          .lines()
          .map(line -> line.replaceAll("(^|\\s+)#\\s.*", "").replaceAll(" [>|] .*| && .*", ""))
          .map(line -> COMMAND.matcher(line.strip()))
          .filter(Matcher::matches)
          .forEach(match -> commands.add(match.group(1)));
    }
  }
}
