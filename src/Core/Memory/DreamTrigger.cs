namespace Kith.Core.Memory;

public enum DreamTrigger
{
    Automatic,
    Manual,
}
