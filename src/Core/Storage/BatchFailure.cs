namespace Kith.Core.Storage;

/// <summary>Why a batch was not applied.</summary>
public enum BatchFailure
{
    None,
    Conflict,
    NotFound,
    PreconditionFailed,
}
