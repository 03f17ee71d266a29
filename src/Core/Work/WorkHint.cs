using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>"Look here": the partition of a session, a pair or a workspace that may have work. Losing one, or getting it twice, changes nothing.</summary>
public sealed record WorkHint(Partition Partition);
