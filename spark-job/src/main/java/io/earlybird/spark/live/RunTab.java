package io.earlybird.spark.live;

import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.ui.WebUIPage;
import scala.Option;
import scala.collection.Seq;
import scala.xml.Node;
import scala.xml.Unparsed;

/**
 * A tab of Spark's UI with a page in a frame, so that neither's style reaches the other. Spark puts
 * its filters and access lists before everything that is attached to its UI.
 */
final class RunTab extends SparkUITab {
  /** Of the tab, and the first part of its paths. */
  static final String NAME = "earlybird";

  private static final String PAGE = "/" + NAME + "/run";
  private static final String FRAME =
      "<iframe src=\"run/\" title=\"The run\" style=\"display: block; border: 0; width: 100%;"
          + " height: calc(100vh - 10rem)\"></iframe>";

  private final SparkUI ui;

  private RunTab(SparkUI ui) {
    super(ui, NAME);
    this.ui = ui;
    attachPage(new Frame(this));
  }

  /** Adds the tab to a UI that is up. */
  static RunTab attach(SparkUI ui, HttpServlet page) {
    RunTab tab = new RunTab(ui);
    ui.attachHandler(PAGE, page, "/*");
    ui.attachTab(tab);
    return tab;
  }

  void detach() {
    ui.detachTab(this);
    ui.detachHandler(PAGE);
  }

  private static final class Frame extends WebUIPage {
    private final SparkUITab tab;

    Frame(SparkUITab tab) {
      super("");
      this.tab = tab;
    }

    @Override
    public Seq<Node> render(HttpServletRequest request) {
      return UIUtils.headerSparkPage(
          request, "Training", () -> new Unparsed(FRAME), tab, Option.empty(), false, false);
    }
  }
}
