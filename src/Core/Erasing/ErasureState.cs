namespace Kith.Core.Erasing;

public enum ErasureState
{
    Running,

    /// <summary>The proof found nothing that is left.</summary>
    Completed,

    /// <summary>Something is left after several attempts, or a step cannot succeed; asking again goes on.</summary>
    Failed,
}
