{{/* Names and labels that several templates use. */}}

{{- define "application.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "application.labels" -}}
{{ include "application.selector" . }}
app.kubernetes.io/version: {{ include "application.tag" . | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "application.selector" -}}
app.kubernetes.io/name: {{ include "application.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "application.tag" -}}
{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- define "application.image" -}}
{{ required "image.repository must name the application's image" .Values.image.repository }}:{{ include "application.tag" . }}
{{- end }}
{{- define "application.coreImage" -}}
{{ .Values.core.image.repository }}:{{ .Values.core.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "application.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "application.name" .) "default") }}
{{- end }}

{{/* What makes a container safe to run beside others', as any user. */}}
{{- define "application.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
{{- define "application.podSecurity" -}}
runAsNonRoot: true
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "application.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* What front and instances have in common, in the words of a pod. */}}
{{- define "application.env" -}}
- {name: JDK_JAVA_OPTIONS, value: {{ .Values.jvmOptions | quote }}}
- {name: SPRING_CONFIG_ADDITIONAL_LOCATION, value: "file:/config/"}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- define "application.volumes" -}}
- {name: config, configMap: {name: {{ include "application.name" . }}-config}}
{{- with .Values.tls.calls.secretName }}
- {name: tls-calls, secret: {secretName: {{ . }}}}
{{- end }}
{{- end }}
{{- define "application.volumeMounts" -}}
- {name: config, mountPath: /config, readOnly: true}
{{- if .Values.tls.calls.secretName }}
- {name: tls-calls, mountPath: /tls/calls, readOnly: true}
{{- end }}
{{- end }}
{{- define "application.configHash" -}}
{{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
{{- end }}
