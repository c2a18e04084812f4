namespace Rdv.Functions.Http;

/// <param name="FrontDoorId">Id of the Azure Front Door that stands before the site, as it is sent in <c>X-Azure-FDID</c>. Null: none does.</param>
public sealed record ProxySettings(Guid? FrontDoorId = null);
