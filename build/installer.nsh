; A DICOMDIR has no extension, so it is offered by its name; a folder by a verb of its own.
; SHELL_CONTEXT is the user's or the machine's part of the registry, as the installer was told.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\haicast" "" "haicast"
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\haicast" "AppliesTo" 'System.FileName:="DICOMDIR"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\haicast" "Icon" "$INSTDIR\haicast.exe"
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\haicast\command" "" '"$INSTDIR\haicast.exe" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\haicast" "" "haicast"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\haicast" "Icon" "$INSTDIR\haicast.exe"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\haicast\command" "" '"$INSTDIR\haicast.exe" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\*\shell\haicast"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\haicast"
!macroend
