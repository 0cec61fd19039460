package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Kernels;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;

/**
 * The place of one layer at a workbench; without a workbench, it has the kernels of the calling
 * thread and DL4J's workspaces.
 */
final class Bench {
  /** A layer or vertex that works at a bench. */
  interface Holder {
    Bench bench();
  }

  private Workbench workbench;

  void use(Workbench attached) {
    workbench = attached;
  }

  Kernels kernels() {
    return workbench == null ? ThreadKernels.current() : workbench.kernels();
  }

  ArraySource arrays(LayerWorkspaceMgr workspaces) {
    return workbench == null ? new WorkspaceArrays(workspaces) : workbench.arrays();
  }
}
