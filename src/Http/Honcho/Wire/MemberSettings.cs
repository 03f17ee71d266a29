namespace Kith.Http.Honcho.Wire;

internal sealed record MemberSettings(bool? ObserveMe = null, bool? ObserveOthers = null);
