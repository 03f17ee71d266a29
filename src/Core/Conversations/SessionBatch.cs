using Kith.Core.Storage;

namespace Kith.Core.Conversations;

/// <summary>Changes of several callers that go into one atomic batch.</summary>
internal sealed class SessionBatch
{
    /// <summary>One operation is the head's.</summary>
    public const int MaxOperations = StoreLimits.BatchOperations - 1;

    /// <summary>Leaves room for the head and for what a store adds to each document.</summary>
    public const int MaxBytes = StoreLimits.Bytes - (64 * 1024);

    private readonly SessionState _start;
    private readonly Dictionary<string, Operation> _operations = [];
    private long _bytes;

    public SessionBatch(SessionState start) => State = _start = start;

    public SessionState State { get; private set; }

    public IReadOnlyCollection<Operation> Operations => _operations.Values;

    public bool IsEmpty => _operations.Count == 0 && ReferenceEquals(State, _start);

    public bool Fits => _operations.Count <= MaxOperations && _bytes <= MaxBytes;

    /// <summary>False, with nothing added, when the change does not fit beside what is there. The first change is always taken, even if it fits no batch.</summary>
    public bool TryAdd(SessionChange change)
    {
        var bytes = change.Operations.Sum(Size);
        if (!IsEmpty && (_operations.Count + change.Operations.Count > MaxOperations || _bytes + bytes > MaxBytes))
            return false;

        foreach (var operation in change.Operations)
            _operations[operation.Id] = operation;
        _bytes += bytes;
        State = change.Next;
        return true;
    }

    /// <summary>The operations in runs that fit a batch each. What is no message stays together in the last one, if it can, since it takes effect as it is written.</summary>
    public IEnumerable<IReadOnlyList<Operation>> Runs()
    {
        var run = new List<Operation>();
        long bytes = 0;
        Operation[] others = [.. _operations.Values.Where(operation => operation is not Operation.Create)];
        foreach (var operation in _operations.Values)
        {
            var size = Size(operation);
            var (count, ahead) = others.Length > 0 && ReferenceEquals(operation, others[0]) ? (others.Length, others.Sum(Size)) : (1, size);
            if (run.Count > 0 && (run.Count + count > MaxOperations || bytes + ahead > MaxBytes))
            {
                yield return run;
                run = [];
                bytes = 0;
            }

            run.Add(operation);
            bytes += size;
        }

        yield return run;
    }

    private static long Size(Operation operation) => operation switch
    {
        Operation.Create create => create.Body.Length,
        Operation.Upsert upsert => upsert.Body.Length,
        Operation.Replace replace => replace.Body.Length,
        _ => 0,
    };
}
