using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rdv.Functions.Host;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<HttpInvocationMiddleware>();
builder.Services.AddSms(builder.Configuration);
builder.Services.AddRdv(builder.Configuration);
builder.Services.AddTelemetry(builder.Configuration);
var app = builder.Build();
app.Services.CheckSettings();
app.Run();
