package io.earlybird.engine.dl4j.kernels;

/** One of the threads that do something {@linkplain HostThreads#together together}. */
public final class Member {
  private final Team team;
  private final int rank;

  Member(Team team, int rank) {
    this.team = team;
    this.rank = rank;
  }

  /** 0 for the calling thread, and so on. */
  public int rank() {
    return rank;
  }

  /** First of this member's share of {@code count} indexes. */
  public int begin(int count) {
    return HostThreads.begin(rank, team.size(), count);
  }

  /** Behind the last of this member's share of {@code count} indexes. */
  public int end(int count) {
    return HostThreads.begin(rank + 1, team.size(), count);
  }

  /** Returns when all members have come here, and sees what they wrote before. */
  public void meet() {
    team.meet();
  }
}
